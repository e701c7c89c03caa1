package org.impsiwf.gateway.config;

import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as nodes that know their line. Aliases, depth and length are bounded, so a file cannot grow in memory. */
final class YamlDocument {

    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 50;

    private YamlDocument() {}

    /** The root, or null when the document is empty or is no YAML, which is then among the findings. */
    static Node parse(String text, Findings findings) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_LENGTH);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setAllowRecursiveKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException malformed) {
            var mark = malformed.getProblemMark();
            findings.add(mark == null ? 1 : mark.getLine() + 1, "", "no YAML: " + malformed.getProblem());
        } catch (YAMLException tooMuch) {
            findings.add(
                    1,
                    "",
                    "no YAML: " + tooMuch.getMessage().lines().findFirst().orElse("too large"));
        }
        return null;
    }

    static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    static boolean isNull(Node node) {
        return node == null
                || (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL));
    }

    /** The entries of a mapping by key; a key that is given twice or is no text is reported. */
    static Map<String, NodeTuple> entries(MappingNode mapping, String path, Findings findings) {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        Map<String, Integer> first = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                findings.add(line, path, "a key is expected to be a word");
                continue;
            }
            Integer before = first.putIfAbsent(key.getValue(), line);
            if (before == null) {
                entries.put(key.getValue(), tuple);
            } else {
                findings.add(line, path, "\"" + key.getValue() + "\" is given twice, first in line " + before);
            }
        }
        return entries;
    }
}

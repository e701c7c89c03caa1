package org.impsiwf.ssp.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;

/** What a child element is to the record around it. */
sealed interface Child {

    /** Reads the element that has just started, to its end. */
    void read(XmlInput in, Object[] values, Reading reading);

    /** Writes every occurrence that the owner has. */
    void write(Object owner, XmlOutput out, Dialect dialect);

    /** The component behind it, null for an element around several. */
    Slot slot();

    /** A scalar as the text of an element. */
    record TextChild(Slot slot, Tag tag, byte[] fixedAttribute) implements Child {
        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            String encoding = in.attribute(TextValue.ENCODING);
            String text = TextValue.within(in, reading);
            TextValue.put(slot, text, TextValue.isBase64(encoding, reading), values, reading);
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            Object value = slot.of(owner);
            if (value instanceof List<?> list) {
                for (Object item : list) {
                    one(item, out, dialect);
                }
            } else if (value != null) {
                one(value, out, dialect);
            }
        }

        /** The name of the fixed attribute, if there is one. */
        List<String> fixedName() {
            String attribute = new String(fixedAttribute, StandardCharsets.US_ASCII).strip();
            return attribute.isEmpty() ? List.of() : List.of(attribute.substring(0, attribute.indexOf('=')));
        }

        private void one(Object value, XmlOutput out, Dialect dialect) {
            tag.open(out);
            out.raw(fixedAttribute);
            int content = Tag.content(out);
            TextValue.write(value, slot, out, dialect);
            tag.close(out, content);
        }
    }

    /** An attribute that came as a child element: its text, or the like-named attribute in it. Never written. */
    record StrayAttribute(Slot slot, String attribute) implements Child {
        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            String inside = in.attribute(attribute);
            String text = TextValue.within(in, reading);
            String value = inside == null ? text : inside;
            if (slot.isIn(values) || value.isBlank()) {
                return;
            }
            TextValue.put(slot, value, false, values, reading);
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            throw new IllegalStateException("read only");
        }
    }

    /** A structure. */
    record RecordChild(Slot slot, Tag tag, RecordShape shape) implements Child {
        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            slot.put(values, shape.read(in, reading));
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            Object value = slot.of(owner);
            if (value instanceof List<?> list) {
                for (Object item : list) {
                    shape.write(item, tag, out, dialect);
                }
            } else if (value != null) {
                shape.write(value, tag, out, dialect);
            }
        }
    }

    /** One of several structures: the element name picks the record. */
    record ChoiceChild(Slot slot, Map<String, RecordShape> byElement, Map<Class<?>, RecordShape> byType)
            implements Child {
        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            slot.put(values, byElement.get(in.name().toLowerCase(Locale.ROOT)).read(in, reading));
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            Object value = slot.of(owner);
            if (value instanceof List<?> list) {
                for (Object item : list) {
                    one(item, out, dialect);
                }
            } else if (value != null) {
                one(value, out, dialect);
            }
        }

        private void one(Object value, XmlOutput out, Dialect dialect) {
            RecordShape shape = byType.get(value.getClass());
            shape.write(value, shape.tag(), out, dialect);
        }
    }

    /** An empty element whose presence is the value. */
    record FlagChild(Slot slot, Tag tag) implements Child {
        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            in.leaveTo(in.depth() - 1);
            values[slot.index()] = true;
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            if ((Boolean) slot.of(owner)) {
                tag.empty(out);
            }
        }
    }

    /** Empty elements whose names are the constants of an enumeration. */
    record NamesChild(Slot slot, Map<String, Object> byElement, Map<Object, Tag> tags) implements Child {
        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            slot.put(values, byElement.get(in.name().toLowerCase(Locale.ROOT)));
            in.leaveTo(in.depth() - 1);
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            for (Object constant : (List<?>) slot.of(owner)) {
                tags.get(constant).empty(out);
            }
        }
    }

    /** An element around components of the same record. */
    record Group(ElementShape element) implements Child {
        @Override
        public Slot slot() {
            return null;
        }

        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            element.read(in, values, reading);
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            element.writeUnlessEmpty(owner, out, dialect);
        }
    }

    /** A wrapper that we don't write around children of the parent. */
    record Transparent(ElementShape parent) implements Child {
        @Override
        public Slot slot() {
            return null;
        }

        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            while (in.nextChild()) {
                parent.readChild(in, values, reading);
            }
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            throw new IllegalStateException("read only");
        }
    }

    /** The first user that answers, and each further one, with what it says (E-38). Never written. */
    record Responding(Group first, Slot acceptance, Slot user, Slot further) implements Child {
        @Override
        public Slot slot() {
            return null;
        }

        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            String said = in.attribute("acceptance");
            if (!user.isIn(values)) {
                first.read(in, values, reading);
                if (said != null) {
                    values[acceptance.index()] = reading.value(acceptance, said);
                }
                return;
            }
            Object[] answer = new Object[values.length];
            first.read(in, answer, reading);
            if (said == null || !user.isIn(answer)) {
                throw new Refusal("", "is not the answer of another user", Refusal.SYNTAX_ERROR);
            }
            further.put(
                    values,
                    new FurtherAnswer(
                            (Boolean) reading.value(acceptance, said),
                            (Addressee) answer[user.index()],
                            Optional.empty()));
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            throw new IllegalStateException("read only");
        }
    }

    /** The note of the user that was named last. Never written. */
    record ResponseNote(TextChild first, Slot further) implements Child {
        @Override
        public Slot slot() {
            return null;
        }

        @Override
        public void read(XmlInput in, Object[] values, Reading reading) {
            if (!further.isIn(values)) {
                first.read(in, values, reading);
                return;
            }
            Object[] note = new Object[values.length];
            first.read(in, note, reading);
            further.<FurtherAnswer>replaceLast(
                    values,
                    answer -> new FurtherAnswer(
                            answer.inviteAcceptance(), answer.respondingUser(), Optional.ofNullable((String)
                                    note[first.slot().index()])));
        }

        @Override
        public void write(Object owner, XmlOutput out, Dialect dialect) {
            throw new IllegalStateException("read only");
        }
    }
}

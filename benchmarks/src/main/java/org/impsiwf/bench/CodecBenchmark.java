package org.impsiwf.bench;

final class CodecBenchmark implements Benchmark {
    @Override
    public String name() {
        return "codec";
    }

    @Override
    public String summary() {
        return "x";
    }

    @Override
    public void run(Report report) {}
}

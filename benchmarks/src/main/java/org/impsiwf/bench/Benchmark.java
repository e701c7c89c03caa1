package org.impsiwf.bench;

/** One named family of figures. */
interface Benchmark {

    String name();

    /** What it measures and against which ceiling, in one line. */
    String summary();

    /** Measures and reports every figure; bounded in count and time. */
    void run(Report report) throws Exception;
}

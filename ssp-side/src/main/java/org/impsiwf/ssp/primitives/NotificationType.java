package org.impsiwf.ssp.primitives;

/** SSP 13.1.1: what a user can be told of, under the names of CSP. */
public enum NotificationType {
    AC,
    ANC,
    AND,
    ANU,
    ATCL,
    BLC,
    BLUC,
    GLC,
    GLUC,
    CLCR,
    CLC,
    CLD,
    GC,
    GD,
    GR,
    GMAU,
    GMG,
    GMR,
    GMU,
    IA,
    IR,
    IC,
    OEU,
    PPU,
    SPA
}

package org.impsiwf.ssp.primitives;

/** SSP 13.1.5: one finding of a search. */
public sealed interface SearchHit permits User, GroupId {}

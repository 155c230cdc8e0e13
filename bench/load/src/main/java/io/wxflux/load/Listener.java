package io.wxflux.load;

/** Is told how far the test is. */
public interface Listener {
    /** Something begins that takes a while. */
    void phase(String what);

    /** How far it is, once a second. */
    void progress(String where);
}

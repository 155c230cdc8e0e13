package io.wxflux.internal.transport;

/** A public name led to an address inside some private network: somebody's way to make us knock there. */
final class RefusedAddressException extends RuntimeException {
    RefusedAddressException() {
        super("its name leads to an address that is not public", null, false, false);
    }

    String words() {
        String words = getMessage();
        return words == null ? "" : words;
    }
}

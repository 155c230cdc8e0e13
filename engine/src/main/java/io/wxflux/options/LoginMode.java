package io.wxflux.options;

/** How an account signs in. */
public sealed interface LoginMode {
    static LoginMode web() {
        return new Web();
    }

    static LoginMode desktop(Secret extspam, String clientVersion) {
        return new Desktop(extspam, clientVersion);
    }

    /** As the browser does. Refused (1203) for many accounts made after about 2017. */
    record Web() implements LoginMode {}

    /**
     * As the desktop client does (PROTOCOL 5.6), which is open to more accounts. The two values are constants of that
     * client; they are settings and not part of this library.
     *
     * @param extspam the client's fixed blob, base64
     * @param clientVersion such as {@code 2.0.0}
     */
    record Desktop(Secret extspam, String clientVersion) implements LoginMode {}
}

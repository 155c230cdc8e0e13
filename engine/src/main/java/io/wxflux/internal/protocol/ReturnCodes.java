package io.wxflux.internal.protocol;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.LoginRefusedException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.transport.HttpAnswer;

/** The one table from the service's codes to errors. Nothing else in the engine knows a code (PROTOCOL 8.1 and 14). */
public final class ReturnCodes {
    private ReturnCodes() {}

    /** A body's worth of an answer, if its status says that there is one. */
    static byte[] body(String operation, HttpAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return answer.body();
        }
        if (status >= 500 || status == 0) {
            throw HostUnreachableException.answered(operation + " was answered with HTTP status " + status
                    + "; the host is treated as unreachable and tried again");
        }
        throw new ProtocolViolationException(
                operation + " was answered with HTTP status " + status + "; it is tried again later");
    }

    /** Ret of a call that keeps the session going (init, webwxsync, contacts). */
    static void requireOk(String operation, int ret) {
        if (ret != 0) {
            throw ofSession(operation, ret);
        }
    }

    /** The error a non-zero code of a session call stands for. */
    static WxfluxException ofSession(String operation, int code) {
        return switch (code) {
            case 1100, 1101, 1102 ->
                new SessionEndedException(
                        code, operation + " was answered with " + code + ": the server ended the session");
            // -14 "ticket error", 1 "bad parameter", 3 seen at init: the tokens are no good; one new init, then over.
            case -14, 1, 3 ->
                new SessionEndedException(
                        code, operation + " was answered with " + code + ": the session's tokens are not accepted");
            case 1203 -> new LoginRefusedException(operation + " was answered with 1203: " + REFUSED);
            case 1205 -> new ThrottledException(operation + " was answered with 1205: too frequent");
            default ->
                new ProtocolViolationException(
                        operation + " was answered with the code " + code + "; it is tried again with growing waits");
        };
    }

    /** Ret of a call that may be refused by itself while the session goes on: a send, a notice, a batch of rooms. */
    static void requireAccepted(String operation, int ret) {
        switch (ret) {
            case 0 -> {}
            // -14 "ticket error" is about the session's tokens, not about the request.
            case -14, 1100, 1101, 1102, 1203, 1205 -> throw ofSession(operation, ret);
            case -1 ->
                throw new ProtocolViolationException(operation + " was answered with -1, a fault of the service");
            case 1204 ->
                throw new RequestRefusedException(
                        operation + " was refused with 1204: not with this recipient (not a friend, or oneself)");
            default -> throw new RequestRefusedException(operation + " was refused with the code " + ret);
        }
    }

    static final String REFUSED =
            "the service does not let this account sign in by web WeChat. Use `mode: desktop` for it, or take it out";
}

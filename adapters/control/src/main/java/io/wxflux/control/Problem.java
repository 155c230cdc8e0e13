package io.wxflux.control;

import io.wxflux.error.AllHostsFailedException;
import io.wxflux.error.EngineStateException;
import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.MediaRefusedException;
import io.wxflux.error.OutcomeUnknownException;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.StoreUnavailableException;
import io.wxflux.error.ThrottledException;
import io.wxflux.error.WxfluxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Why a request was not done: a status, a word for programs, and a sentence and a remedy for people. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final String remedy;
    private final transient @Nullable ArrayNode candidates;

    private Problem(int status, String error, String message, String remedy, @Nullable ArrayNode candidates) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
        this.remedy = remedy;
        this.candidates = candidates;
    }

    static Problem of(int status, String error, String message, String remedy) {
        return new Problem(status, error, message, remedy, null);
    }

    /** The request itself is wrong. */
    static Problem wrong(String message, String remedy) {
        return of(400, "bad-request", message, remedy);
    }

    Problem with(ArrayNode who) {
        return new Problem(status, error, String.valueOf(getMessage()), remedy, who);
    }

    int status() {
        return status;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("error", error);
        json.put("message", getMessage());
        Json.known(json, "remedy", remedy.isEmpty() ? null : remedy);
        ArrayNode who = candidates;
        if (who != null) {
            json.set("candidates", who);
        }
        return json;
    }

    /** Null for what nobody expected: that is logged, and told as such. */
    static @Nullable Problem from(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof IllegalArgumentException) {
            // Its message says what is wrong, and mostly what helps.
            return wrong(text(failure), "");
        }
        return failure instanceof WxfluxException known ? from(known) : null;
    }

    private static Problem from(WxfluxException failure) {
        String text = text(failure);
        if (failure instanceof OutcomeUnknownException) {
            return of(504, "outcome-unknown", text, "look at the phone before you do it again: it may have been done");
        }
        if (failure instanceof RequestRefusedException) {
            return of(422, "refused", text, "the same again will be refused again");
        }
        if (failure instanceof MediaRefusedException) {
            // Its message says what can be done.
            return of(422, "refused", text, "");
        }
        if (failure instanceof ThrottledException) {
            return of(429, "throttled", text, "wait; the pace is there to protect the account");
        }
        if (failure instanceof EngineStateException || failure instanceof SessionEndedException) {
            return of(409, "not-signed-in", text, "see the account's state, and wait until it is signed in");
        }
        if (failure instanceof HostUnreachableException || failure instanceof AllHostsFailedException) {
            return of(502, "service-unreachable", text, "try again later");
        }
        if (failure instanceof StoreUnavailableException) {
            return of(503, "store-unavailable", text, "look after the state directory's disk");
        }
        return of(502, "failed", text, "the engine's log says more");
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}

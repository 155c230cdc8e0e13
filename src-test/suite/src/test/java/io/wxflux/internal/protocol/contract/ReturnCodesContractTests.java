package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.error.LoginRefusedException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.Remedy;
import io.wxflux.error.RequestRefusedException;
import io.wxflux.error.SessionEndedException;
import io.wxflux.error.ThrottledException;
import io.wxflux.error.WxfluxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PROTOCOL 10.4 and 14: what each code of a BaseResponse becomes at each endpoint that may say it. */
class ReturnCodesContractTests {
    private static final Map<Class<? extends WxfluxException>, Remedy> REMEDIES = Map.of(
            SessionEndedException.class, Remedy.RELOGIN,
            LoginRefusedException.class, Remedy.STOP,
            ThrottledException.class, Remedy.COOL_DOWN,
            RequestRefusedException.class, Remedy.STOP,
            ProtocolViolationException.class, Remedy.RETRY);

    /** These may be refused by themselves, and the session goes on. */
    private static final List<Step> BY_THEMSELVES = List.of(
            Step.STATUS_NOTIFY,
            Step.ROOMS,
            Step.SEND,
            Step.SEND_PICTURE,
            Step.SEND_VIDEO,
            Step.SEND_EMOTICON,
            Step.SEND_APP,
            Step.RECALL,
            Step.MARK_READ,
            Step.VERIFY_USER,
            Step.OPLOG,
            Step.CREATE_ROOM,
            Step.UPDATE_ROOM,
            Step.SEARCH_CONTACT,
            Step.STAT_REPORT);

    @RegisterExtension
    final Wire wire = new Wire();

    static List<Arguments> rows() {
        List<Arguments> rows = new ArrayList<>();
        for (Step step : Stream.concat(Stream.of(Step.INIT, Step.CONTACTS, Step.SYNC), BY_THEMSELVES.stream())
                .toList()) {
            add(rows, step, SessionEndedException.class, 1100, 1101, 1102, -14);
            add(rows, step, LoginRefusedException.class, 1203);
            add(rows, step, ThrottledException.class, 1205);
            add(rows, step, ProtocolViolationException.class, -1);
        }
        // Without these the session cannot go on: refused tokens, or a fault that passes.
        for (Step step : List.of(Step.INIT, Step.CONTACTS, Step.SYNC)) {
            add(rows, step, SessionEndedException.class, 1, 3);
            add(rows, step, ProtocolViolationException.class, -2, 1105, 1200, 1204, 9999);
        }
        for (Step step : BY_THEMSELVES) {
            add(rows, step, RequestRefusedException.class, 1, 3, -2, 1105, 1200, 1204, 9999);
        }
        return rows;
    }

    private static void add(List<Arguments> rows, Step step, Class<? extends WxfluxException> type, int... codes) {
        for (int code : codes) {
            rows.add(Arguments.of(step, code, type));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCodeHasItsErrorAndItsRemedy(Step step, int code, Class<? extends WxfluxException> type) {
        wire.answer(Wire.ret(code));

        WxfluxException error = Wire.failure(step.on(wire.service()));

        assertThat(error)
                .isExactlyInstanceOf(type)
                .hasMessageContaining(step.operation)
                .hasMessageContaining(Integer.toString(code));
        assertThat(error.remedy()).isEqualTo(REMEDIES.get(type));
        if (error instanceof SessionEndedException ended) {
            assertThat(ended.code()).isEqualTo(code);
        }
        assertThat(wire.allSeen()).as("no step tries again by itself").hasSize(1);
    }
}

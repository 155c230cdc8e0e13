package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.protocol.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PROTOCOL 6.2. */
class StatusNotifyContractTests {
    @RegisterExtension
    final Wire wire = new Wire();

    @Test
    void saysInitialisedFromUsToUs() {
        wire.answer("{\"BaseResponse\": {\"Ret\": 0,\"ErrMsg\": \"\"},\"MsgID\": \"1\"}");

        Wire.await(Start.statusNotify(Wire.signedIn(wire.service())));

        Seen seen = wire.seen().isJsonOf(Wire.API, Wire.CGI + "webwxstatusnotify");
        assertThat(seen.query()).containsExactly("lang=zh_CN", "pass_ticket=canary%252Bticket%252F%253D");
        assertThat(seen.body())
                .isEqualTo(Wire.BASE_REQUEST + ",\"Code\":3,\"FromUserName\":\"@self\",\"ToUserName\":\"@self\","
                        + "\"ClientMsgId\":\"1700000000123\"}");
    }
}

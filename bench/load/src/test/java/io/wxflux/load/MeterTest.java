package io.wxflux.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theStampIsFoundWhereverItStands() {
        assertThat(Meter.stamp(bytes("{\"MsgId\":\"1\",\"LoadStamp\":1770091500123456}")))
                .isEqualTo(1_770_091_500_123_456L);
        assertThat(Meter.stamp(bytes("{\"LoadStamp\":17,\"Content\":\"a\"}"))).isEqualTo(17);
    }

    @Test
    void whatHasNoStampHasNone() {
        assertThat(Meter.stamp(bytes("{\"MsgId\":\"1\"}"))).isZero();
        assertThat(Meter.stamp(bytes(""))).isZero();
        assertThat(Meter.stamp(bytes("{\"LoadStamp\":\"x\"}"))).isZero();
    }

    @Test
    void onlyWhatCameAfterTheBeginningCounts() {
        var meter = new Meter("sink", false);
        meter.received(Meter.now() - 500_000);
        meter.begin();
        meter.received(Meter.now() - 2_000_000);
        meter.tick();
        meter.received(Meter.now() - 2_000_000);
        meter.tick();

        assertThat(meter.messages()).isEqualTo(3);
        assertThat(meter.total().getTotalCount()).isEqualTo(2);
        assertThat(meter.total().getMinValue()).isGreaterThanOrEqualTo(1_990_000);
    }

    @Test
    void whereItIsSampledAPageIsMeasuredByItsLastMessageAndCountsWhole() {
        String page = "{\"BaseResponse\":{\"Ret\":0},\"AddMsgList\":[{\"LoadStamp\":%d},{\"LoadStamp\":%d}]}"
                .formatted(Meter.now() - 5_000_000, Meter.now() - 1_000_000);
        for (boolean sampled : new boolean[] {true, false}) {
            var meter = new Meter("sink", sampled);
            meter.begin();
            assertThat(meter.read(bytes(page)).ret()).isZero();
            meter.tick();

            assertThat(meter.messages()).isEqualTo(2);
            assertThat(meter.total().getTotalCount()).isEqualTo(sampled ? 1 : 2);
            assertThat(meter.total().getMaxValue() > 4_000_000).isEqualTo(!sampled);
        }
    }
}

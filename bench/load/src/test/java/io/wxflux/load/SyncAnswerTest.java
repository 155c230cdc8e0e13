package io.wxflux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncAnswerTest {
    private final List<Long> stamps = new ArrayList<>();

    private SyncAnswer read(String json) {
        return SyncAnswer.read(json.getBytes(StandardCharsets.UTF_8), stamps::add);
    }

    @Test
    void keysAndStampsAreTakenAndTheRestIsPassedOver() {
        SyncAnswer answer = read("{\"BaseResponse\":{\"ErrMsg\":\"\",\"Ret\":0},\"AddMsgList\":["
                + "{\"Content\":\"LoadStamp\",\"AppInfo\":{\"Type\":0},\"LoadStamp\":11},{\"LoadStamp\":12}],"
                + "\"ContinueFlag\":1,\"SyncKey\":{\"Count\":2,\"List\":[{\"Key\":1,\"Val\":5},{\"Val\":6,\"Key\":2}]},"
                + "\"SyncCheckKey\":{\"Count\":1,\"List\":[{\"Key\":3,\"Val\":7}]}}");

        assertThat(answer.ret()).isZero();
        assertThat(answer.more()).isTrue();
        assertThat(answer.syncKey().json())
                .isEqualTo("{\"Count\":2,\"List\":[{\"Key\":1,\"Val\":5},{\"Key\":2,\"Val\":6}]}");
        assertThat(answer.syncKey().query()).isEqualTo("1_5%7C2_6");
        assertThat(answer.checkKey().query()).isEqualTo("3_7");
        assertThat(stamps).containsExactly(11L, 12L);
    }

    @Test
    void aRefusalHasNoKeys() {
        SyncAnswer answer = read("{\"BaseResponse\":{\"Ret\":1101}}");
        assertThat(answer.ret()).isEqualTo(1101);
        assertThat(answer.syncKey().isEmpty()).isTrue();
    }

    @Test
    void whatIsNoObjectIsAnError() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(LoadFailed.class);
    }
}

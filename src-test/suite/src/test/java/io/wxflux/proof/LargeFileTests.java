package io.wxflux.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.simulator.SimAccountSpec;
import io.wxflux.simulator.SimMedia;
import io.wxflux.testkit.Await;
import io.wxflux.testkit.WeChatService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A large file goes up and down in a process that could not hold it, and takes next to no memory there. */
@Tag("process")
class LargeFileTests {
    private static final String NAME = "关于周末爬山活动的路线安排与注意事项以及集合时间地点的详细说明第三次修订稿最终版本.zip";
    private static final Pattern GROWTH = Pattern.compile("(up|down) (-?[0-9.]+) MiB");

    @RegisterExtension
    final WeChatService weChat = WeChatService.create();

    @TempDir
    Path directory;

    @Test
    void twentySixMegabytesInAHeapOfForty() throws Exception {
        prove(26);
    }

    @Test
    @Tag("proof")
    void sixtyMegabytesInAHeapOfForty() throws Exception {
        prove(60);
    }

    private void prove(int megabytes) throws Exception {
        weChat.simulator()
                .addAccount(SimAccountSpec.of("uma", 777_001L)
                        .withHome("wx2.qq.com")
                        .withContacts(3, 1, 3));
        assertThat(NAME.codePointCount(0, NAME.indexOf(".zip"))).isGreaterThanOrEqualTo(40);
        SimMedia large = SimMedia.file(NAME, megabytes * 1024L * 1024, 11);
        Path file = directory.resolve(NAME);
        large.writeTo(file);
        try (var program = ChildProcess.start(
                List.of("-Xmx40m", "-Dsun.jnu.encoding=UTF-8", "-Dfile.encoding=UTF-8"),
                directory.resolve("out.log"),
                "io.wxflux.internal.session.TransferProgram",
                Integer.toString(weChat.simulator().port()),
                weChat.authority().toString(),
                file.toString())) {
            Await.until(
                    Duration.ofSeconds(120),
                    () -> program.output().contains("came ") || !program.isAlive(),
                    program::output);
            String output = program.output();
            System.out.println(megabytes + " MiB: " + output);
            assertThat(output).contains("sent " + large.md5()).contains("came " + large.md5());
            Matcher growth = GROWTH.matcher(output);
            int found = 0;
            while (growth.find()) {
                assertThat(Double.parseDouble(growth.group(2)))
                        .as(growth.group())
                        .isLessThan(8);
                found++;
            }
            assertThat(found).isEqualTo(2);
        }
    }
}

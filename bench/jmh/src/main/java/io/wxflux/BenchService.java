package io.wxflux;

import io.wxflux.bench.Samples;
import io.wxflux.internal.transport.CookieJar;
import io.wxflux.internal.transport.Exchange;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpStream;
import io.wxflux.internal.transport.Rfc6265CookieJar;
import io.wxflux.model.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The service in memory: it signs everybody in at once, holds polls, and answers webwxsync with texts. What it needs for an
 * answer is made before, so that little of what is measured is its own work.
 */
final class BenchService implements Network {
    private static final Duration HOLD = Duration.ofSeconds(25);
    private static final int PAGE = 50;
    private static final String HOST = "wx2.qq.com";
    private static final long FIRST_ID = 7_100_000_000_000_000_001L;
    private static final int ID_LENGTH = 19;

    private static final byte[] HEAD =
            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"AddMsgList\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TEXT = Samples.message("text", FIRST_ID).getBytes(StandardCharsets.UTF_8);
    private static final int FIRST_PLACE = place(TEXT, 0);
    private static final int SECOND_PLACE = place(TEXT, FIRST_PLACE + ID_LENGTH);

    private final Scheduler time;
    private final Map<AccountId, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong uins = new AtomicLong(1_000);

    BenchService(Scheduler time) {
        this.time = time;
    }

    private static int place(byte[] message, int from) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return text.indexOf(Long.toString(FIRST_ID), from);
    }

    /** So many texts for everybody. */
    void push(int messages) {
        accounts.values().forEach(account -> account.push(messages));
    }

    @Override
    public Exchange open(AccountId id) {
        Account account = accounts.computeIfAbsent(id, name -> new Account(uins.incrementAndGet()));
        CookieJar jar = Rfc6265CookieJar.empty();
        return new Exchange() {
            @Override
            public Mono<HttpAnswer> exchange(HttpCall call) {
                return account.answer(call);
            }

            @Override
            public Mono<HttpStream> stream(HttpCall call, Duration idle) {
                return Mono.error(new UnsupportedOperationException(call.operation()));
            }

            @Override
            public CookieJar cookies() {
                return jar;
            }

            @Override
            public Mono<Void> close() {
                return Mono.empty();
            }
        };
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }

    private static Mono<HttpAnswer> just(String body) {
        return Mono.just(new HttpAnswer(200, null, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String key(long value) {
        return "{\"Count\":1,\"List\":[{\"Key\":1,\"Val\":" + value + "}]}";
    }

    private final class Account {
        private final long uin;
        private final Mono<HttpAnswer> news = just("window.synccheck={retcode:\"0\",selector:\"2\"}");
        private final Mono<HttpAnswer> nothing = just("window.synccheck={retcode:\"0\",selector:\"0\"}");
        private volatile Sinks.Empty<Void> arrived = Sinks.empty();
        private volatile long end;
        private long served;

        Account(long uin) {
            this.uin = uin;
        }

        void push(int messages) {
            end += messages;
            Sinks.Empty<Void> waiting = arrived;
            arrived = Sinks.empty();
            waiting.tryEmitEmpty();
        }

        Mono<HttpAnswer> answer(HttpCall call) {
            return switch (call.operation()) {
                case "jslogin" -> just("window.QRLogin.code = 200; window.QRLogin.uuid = \"made-up\";");
                case "login poll" ->
                    just("window.code=200;\nwindow.redirect_uri=\"https://" + HOST
                            + "/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A1@qrticket_0&uuid=abc&lang=zh_CN"
                            + "&scan=1700000000\";");
                case "webwxnewloginpage" ->
                    just("<error><ret>0</ret><message></message><skey>@crypt_1</skey><wxsid>sid</wxsid><wxuin>" + uin
                            + "</wxuin><pass_ticket>pt</pass_ticket><isgrayscale>1</isgrayscale></error>");
                case "webwxinit" ->
                    just("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":0,\"ContactList\":[],\"SyncKey\":"
                            + key(1_000) + ",\"User\":{\"Uin\":" + uin + ",\"UserName\":\"" + Samples.SELF
                            + "\",\"NickName\":\"nick\"},\"ChatSet\":\"\",\"SKey\":\"@crypt_2\"}");
                case "webwxgetcontact" ->
                    just(
                            "{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"MemberCount\":1,\"MemberList\":[{\"UserName\":\""
                                    + Samples.FRIEND + "\",\"NickName\":\"Alice\",\"ContactFlag\":3}],\"Seq\":0}");
                case "webwxbatchgetcontact" ->
                    just("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"},\"Count\":0,\"ContactList\":[]}");
                case "synccheck" -> Mono.defer(this::check);
                case "webwxsync" -> Mono.fromSupplier(() -> new HttpAnswer(200, null, sync()));
                default -> just("{\"BaseResponse\":{\"Ret\":0,\"ErrMsg\":\"\"}}");
            };
        }

        private Mono<HttpAnswer> check() {
            Sinks.Empty<Void> next = arrived;
            return served < end ? news : next.asMono().then(news).timeout(HOLD, nothing, time);
        }

        /** The whole backlog, a page at a time; every key shown is the one before. */
        private byte[] sync() {
            int count = (int) Math.min(PAGE, end - served);
            boolean more = served + count < end;
            byte[] tail = ("],\"ContinueFlag\":" + (more ? 1 : 0) + ",\"SyncKey\":" + key(1_000 + served + count)
                            + ",\"SKey\":\"\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] body = new byte[HEAD.length + count * (TEXT.length + 1) + tail.length];
            System.arraycopy(HEAD, 0, body, 0, HEAD.length);
            int at = HEAD.length;
            for (int i = 0; i < count; i++) {
                System.arraycopy(TEXT, 0, body, at, TEXT.length);
                long id = FIRST_ID + uin * 1_000_000_000L + served + i;
                write(body, at + FIRST_PLACE, id);
                write(body, at + SECOND_PLACE, id);
                at += TEXT.length;
                body[at++] = (byte) (i == count - 1 ? ' ' : ',');
            }
            System.arraycopy(tail, 0, body, at, tail.length);
            served += count;
            return body;
        }

        private static void write(byte[] body, int at, long id) {
            long rest = id;
            for (int i = ID_LENGTH - 1; i >= 0; i--) {
                body[at + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }
}

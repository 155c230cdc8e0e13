package io.wxflux.simulator;

import io.netty.channel.Channel;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Writes the answer to one request, whole or damaged. */
final class Answers {

    private static final String PAGE = "<html><head><title>Service unavailable</title></head><body>维护中</body></html>";

    private final HttpServerResponse response;
    private final Channel channel;
    private final Service service;
    private final RawAnswers raw;
    private List<String> contentTypes = List.of();

    Answers(HttpServerResponse response, Channel channel, Service service) {
        this.response = response;
        this.channel = channel;
        this.service = service;
        raw = new RawAnswers(channel);
    }

    Mono<Void> send(Reply reply) {
        response.status(reply.status());
        if (contentTypes.isEmpty()) {
            response.header("Content-Type", reply.contentType());
        }
        contentTypes.forEach(type -> response.addHeader("Content-Type", type));
        response.header(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        service.settings().clock().instant().atOffset(ZoneOffset.UTC)));
        response.header("Cache-Control", "no-cache, must-revalidate");
        reply.headers().forEach(response::header);
        reply.setCookies().forEach(cookie -> response.addHeader("Set-Cookie", cookie));
        response.header("Content-Length", Long.toString(reply.length()));
        Reply.Part part = reply.part();
        return response.sendByteArray(
                        part == null ? Mono.just(reply.body()) : part.content().bytes(part.from(), part.to()))
                .then();
    }

    /** The call was not carried out. */
    Mono<Void> instead(Fault fault, @Nullable Session session, SimRequest request) {
        note(session, request);
        if (fault instanceof Fault.Page page) {
            return send(Reply.html(page.code(), PAGE));
        } else if (fault instanceof Fault.EmptyBody) {
            return send(Reply.of(200, "text/plain", new byte[0]));
        } else if (fault instanceof Fault.Retcode wrong) {
            return send(
                    request.call().equals("synccheck")
                            ? Reply.syncCheck(wrong.code(), wrong.selector())
                            : Reply.ret(wrong.code()));
        } else if (fault instanceof Fault.Stuck stuck) {
            return send(SyncDamage.stuck(stuck, session, request));
        } else if (fault instanceof Fault.StatusZero) {
            return raw.write(RawAnswers.STATUS_ZERO);
        } else if (fault instanceof Fault.Reset) {
            return raw.reset();
        }
        stillOpen(session, request);
        return Mono.never();
    }

    /** A call of the cycle that gets no answer for now counts as open; the result ends that. */
    private Runnable stillOpen(@Nullable Session session, SimRequest request) {
        boolean ofTheCycle =
                request.call().equals("synccheck") || request.call().equals("webwxsync");
        if (session == null || !ofTheCycle) {
            return () -> {};
        }
        Exchange exchange = new Exchange(request.call(), channel);
        Runnable end = () -> {
            synchronized (session.account()) {
                exchange.answered();
                session.conduct().end(exchange);
            }
        };
        synchronized (session.account()) {
            session.conduct().begin(exchange);
        }
        exchange.onAbandon(end);
        return end;
    }

    /** The call was carried out; something happens to its answer. */
    Mono<Void> damaged(Reply reply, Fault fault, @Nullable Session session, SimRequest request) {
        Reply.Part part = reply.part();
        if (part == null || fault instanceof Fault.Late) {
            return damagedWhole(reply, fault, session, request);
        }
        return Flux.from(part.content().bytes(part.from(), part.to()))
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .flatMap(all -> damagedWhole(reply.withBody(all.toByteArray()), fault, session, request));
    }

    private Mono<Void> damagedWhole(Reply reply, Fault fault, @Nullable Session session, SimRequest request) {
        note(session, request);
        if (fault instanceof Fault.Late late) {
            Runnable end = stillOpen(session, request);
            return Mono.delay(late.by(), service.scheduler()).then(Mono.defer(() -> {
                end.run();
                return send(reply);
            }));
        } else if (fault instanceof Fault.Informational stray) {
            return raw.writeAndGoOn(RawAnswers.informational(stray.code())).then(send(reply));
        } else if (fault instanceof Fault.Drip drip) {
            return raw.drip(reply, drip, service.scheduler());
        } else if (fault instanceof Fault.ContentTypes types) {
            contentTypes = types.types();
            return send(reply);
        } else if (fault instanceof Fault.TruncatedGzip) {
            return raw.write(RawAnswers.truncatedGzip(reply));
        } else if (fault instanceof Fault.EmptyKeys) {
            return send(SyncDamage.withoutKeys(reply));
        } else if (fault instanceof Fault.Scrambled how) {
            return send(SyncDamage.scrambled(reply, how));
        } else if (fault instanceof Fault.FewerContacts) {
            return send(ContactDamage.fewer(reply));
        } else if (fault instanceof Fault.EndlessPages) {
            return send(ContactDamage.endless(reply));
        } else if (fault instanceof Fault.CutAnswer) {
            return raw.write(RawAnswers.halfOf(reply));
        }
        return raw.reset();
    }

    private static void note(@Nullable Session session, SimRequest request) {
        if (session != null && session.isAlive()) {
            synchronized (session.account()) {
                if (request.call().equals("synccheck")) {
                    session.conduct().pollWentWrong();
                } else {
                    session.conduct().syncHasCause();
                }
            }
        }
    }
}

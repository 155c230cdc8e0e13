package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.BaseAnswer;
import io.wxflux.internal.wire.PeopleBodies;
import io.wxflux.model.StatReport;
import java.util.List;
import reactor.core.publisher.Mono;

/** PROTOCOL 6.3: webwxstatreport, which no session needs. */
public final class StatisticsReport {
    private StatisticsReport() {}

    /** Completes when the service took it. */
    public static Mono<Void> report(SignedIn signedIn, List<StatReport> entries) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                                "webwxstatreport",
                                                PeopleBodies.statReport(signedIn.baseRequest(), entries))
                                        .query("fun", "new")
                                        .query("lang", signedIn.service().language())
                                        .query(
                                                "pass_ticket",
                                                signedIn.credentials().passTicket()),
                                Service.MIB)))
                .map(answer -> BaseAnswer.parse("webwxstatreport", ReturnCodes.body("webwxstatreport", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxstatreport", body.ret()))
                .then();
    }
}

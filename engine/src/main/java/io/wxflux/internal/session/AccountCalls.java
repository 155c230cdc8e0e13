package io.wxflux.internal.session;

import io.wxflux.internal.protocol.CheckUrl;
import io.wxflux.internal.protocol.StatisticsReport;
import io.wxflux.model.ArticlePush;
import io.wxflux.model.CheckedUrl;
import io.wxflux.model.StatReport;
import io.wxflux.model.UserName;
import io.wxflux.options.Operation;
import java.util.List;
import reactor.core.publisher.Mono;

/** What concerns the account as a whole: what its start told, links, statistics. */
public final class AccountCalls {
    private final Commands commands;
    private final List<UserName> recentChats;
    private final List<ArticlePush> articles;

    AccountCalls(Commands commands, List<UserName> recentChats, List<ArticlePush> articles) {
        this.commands = commands;
        this.recentChats = recentChats;
        this.articles = articles;
    }

    public List<UserName> recentChats() {
        return recentChats;
    }

    public List<ArticlePush> articles() {
        return articles;
    }

    /** As {@link io.wxflux.Account#checkUrl}. */
    public Mono<CheckedUrl> checkUrl(String url) {
        return Mono.defer(() -> {
            if (CheckUrl.webAddress(url) == null) {
                throw new IllegalArgumentException("only http and https addresses can be checked");
            }
            return commands.ask(Operation.CHECK_URL, signedIn -> CheckUrl.check(signedIn, url));
        });
    }

    /** As {@link io.wxflux.Account#report}. */
    public Mono<Void> report(List<StatReport> entries) {
        return commands.ask(Operation.REPORT, signedIn -> StatisticsReport.report(signedIn, entries));
    }
}

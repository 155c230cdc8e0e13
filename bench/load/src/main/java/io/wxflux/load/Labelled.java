package io.wxflux.load;

import io.wxflux.load.LoadResult.ClientResult;
import io.wxflux.load.LoadResult.Load;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's result under the name it has in a report. */
record Labelled(String label, int accounts, ClientResult result) {
    static List<Labelled> of(LoadResult.Run run) {
        List<Labelled> all = new ArrayList<>();
        for (ClientResult each : run.clients()) {
            all.add(new Labelled(each.title(), run.accounts(), each));
        }
        return all;
    }

    /** The delays at the first sink; null when there was no load. */
    @Nullable
    Delay delay() {
        Load load = result.load();
        return load == null ? null : load.delays().get(0);
    }

    boolean isYardstick() {
        return !ClientKind.of(result.client()).isWxflux();
    }
}

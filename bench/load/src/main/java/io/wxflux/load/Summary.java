package io.wxflux.load;

import java.util.List;

/** A result in a few lines of text. */
final class Summary {
    private static final int NAME = 30;
    private static final int COLUMN = 28;

    private Summary() {}

    static String of(LoadResult result) {
        var text = new StringBuilder();
        for (LoadResult.Run run : result.runs()) {
            List<Labelled> clients = Labelled.of(run);
            text.append(Figures.format("%-" + NAME + "s", Figures.format("%,d accounts", run.accounts())));
            clients.forEach(each -> text.append(Figures.format("%" + COLUMN + "s", each.label())));
            text.append('\n');
            for (Metric metric : Metric.ALL) {
                if (clients.stream().allMatch(each -> Double.isNaN(metric.of(each)))) {
                    continue;
                }
                text.append(Figures.format("%-" + NAME + "s", metric.name()));
                clients.forEach(each -> text.append(Figures.format("%" + COLUMN + "s", metric.show(each))));
                text.append('\n');
            }
            run.ratios()
                    .forEach(ratio ->
                            text.append("= ").append(Ratios.line(ratio)).append('\n'));
            clients.forEach(each -> troubles(each)
                    .forEach(trouble -> text.append("! ")
                            .append(each.label())
                            .append(": ")
                            .append(trouble)
                            .append('\n')));
            text.append('\n');
        }
        return text.toString();
    }

    /** What makes a result worth less than it looks. */
    static List<String> troubles(Labelled each) {
        var all = new java.util.ArrayList<String>();
        LoadResult.ClientResult result = each.result();
        LoadResult.Load load = result.load();
        if (result.failures() > 0) {
            all.add(result.failures() + " failures, the last: " + result.problem());
        }
        if (load != null) {
            load.violations().forEach(violation -> all.add("broke a rule of the protocol: " + violation));
            if (!load.counts()) {
                all.add("does not count: the simulator used " + Math.round(load.serviceCpuPercent())
                        + " % of a core, so it may be what was measured");
            } else if (load.serviceCpuPercent() > 90) {
                all.add("the simulator used " + Math.round(load.serviceCpuPercent())
                        + " % of a core: it may be what limits here");
            }
            load.faults()
                    .forEach(fault -> all.add(fault.fault() + ": messages were in time again "
                            + (fault.failoverSeconds() < 0
                                    ? "only after its end"
                                    : Figures.seconds(fault.failoverSeconds()) + " after it began")
                            + (fault.recoverySeconds() < 0
                                    ? ", or not at all"
                                    : ", " + Figures.seconds(fault.recoverySeconds()) + " after its end")));
        }
        return all;
    }
}

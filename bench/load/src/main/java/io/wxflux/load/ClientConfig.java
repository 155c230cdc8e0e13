package io.wxflux.load;

import java.util.List;

/**
 * What a client process is told.
 *
 * @param client which one
 * @param host of the simulator; every connection goes there
 * @param trust file with the certificate to trust
 * @param directory for whatever it writes
 * @param sinks of wxflux
 * @param logins how many accounts sign in at the same time
 * @param sampled whether one message of a page is measured and the others are only counted
 */
record ClientConfig(
        ClientKind client,
        String host,
        int port,
        String trust,
        String directory,
        int accounts,
        List<SinkKind> sinks,
        int logins,
        boolean sampled) {}

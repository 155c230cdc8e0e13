/** A faithful fake web-WeChat service. Shares no code with the engine. */
@NullMarked
package io.wxflux.simulator;

import org.jspecify.annotations.NullMarked;

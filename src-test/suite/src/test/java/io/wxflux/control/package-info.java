@org.jspecify.annotations.NullMarked
package io.wxflux.control;

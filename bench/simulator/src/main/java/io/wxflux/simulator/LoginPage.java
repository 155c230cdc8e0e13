package io.wxflux.simulator;

/** What webwxnewloginpage answers when a login is accepted. */
public enum LoginPage {
    /** The XML with the tokens. */
    XML,
    /** XML with {@code redirecturl} first; whoever follows it gets the tokens. */
    REDIRECT_URL,
    /**
     * A page. The address without {@code fun=new} then leads on with 302 and sets the cookies; the first webwxinit has no
     * skey and learns it from the answer.
     */
    HTML
}

package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Optional;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.TransactionState;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.impsiwf.sip.event.SipTransactionId;

/** The server transaction of a request that another node has handed over: what is sent in it goes to that node. */
final class TransactionElsewhere implements ServerTransaction {

    private static final long serialVersionUID = 1L;

    private final transient SipTransactionId id;
    private final transient String at;
    private final transient SIPRequest request;
    private final transient OtherNodes others;
    private transient Object data;

    /** @param at the listening point of that node */
    TransactionElsewhere(SipTransactionId id, String at, SIPRequest request, OtherNodes others) {
        this.id = id;
        this.at = at;
        this.request = request;
        this.others = others;
    }

    /** The listening point of its node that the request came in at. */
    String at() {
        return at;
    }

    /** The node that has it, as long as it lives. */
    private Optional<String> node() {
        return others.of(id.value());
    }

    @Override
    public void sendResponse(Response response) {
        byte[] bytes = MessageText.write((SIPResponse) response);
        node().ifPresent(node -> others.tell(node, new SipLetter.Answered(id, bytes)));
    }

    /** A 2xx once more. */
    void repeat(SIPResponse response) {
        byte[] bytes = MessageText.write(response);
        node().ifPresent(node -> others.tell(node, new SipLetter.Repeated(at, bytes)));
    }

    @Override
    public Request getRequest() {
        return request;
    }

    @Override
    public String getBranchId() {
        return request.getTopmostVia().getBranch();
    }

    @Override
    public void setApplicationData(Object applicationData) {
        data = applicationData;
    }

    @Override
    public Object getApplicationData() {
        return data;
    }

    @Override
    public Dialog getDialog() {
        return null; // dialogs are ours
    }

    @Override
    public TransactionState getState() {
        return TransactionState.TRYING;
    }

    @Override
    public int getRetransmitTimer() {
        throw isTimedElsewhere();
    }

    @Override
    public void setRetransmitTimer(int milliseconds) {
        throw isTimedElsewhere();
    }

    @Override
    public void enableRetransmissionAlerts() {
        throw isTimedElsewhere();
    }

    /** Nobody asks a transaction of ours about its timers: those of this one run where the request came in. */
    private UnsupportedOperationException isTimedElsewhere() {
        return new UnsupportedOperationException("the timers of " + id.value() + " run on the node that it came in at");
    }

    @Override
    public void terminate() {
        // It has an end of its own on its node.
    }
}

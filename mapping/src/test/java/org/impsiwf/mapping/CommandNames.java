package org.impsiwf.mapping;

import java.util.Locale;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.ssp.event.SspCommand;

/** How the pages of the state machines write down what was ordered. */
public final class CommandNames {

    private CommandNames() {}

    /** Empty for what only the gateway keeps. */
    public static String of(Command command) {
        return switch (command) {
            case Command.Sip(var order) -> "SIP " + order.getClass().getSimpleName();
            case Command.Msrp(var order) -> "MSRP " + order.getClass().getSimpleName();
            case Command.Ssp(SspCommand.SendRequest order) ->
                "SSP " + order.primitive().getClass().getSimpleName();
            case Command.Ssp(SspCommand.Answer order) ->
                "SSP answer " + order.response().getClass().getSimpleName();
            case Command.Tell(var to, var event) -> "tell " + event.getClass().getSimpleName();
            case Command.Correlate c -> "";
            case Command.Forget c -> "";
            case Command.Note(var what, var detail) -> "_" + what.name().toLowerCase(Locale.ROOT) + "_";
        };
    }
}

package dev.tinysse.api.tck;

import java.util.Locale;

/**
 * The behaviour of the scripts that check a provider, one script for each constant. They see the objects of the contract,
 * {@code pub} with {@code req} and {@code msg}, {@code sub} with {@code req}, and {@code cli}, in the form that the language
 * gives them; "nothing" is its nil, null or undefined. A hook that is not mentioned is not defined.
 */
public enum Behaviour {
    /** Defines no hook. */
    NOTHING,
    /** All eight: {@code publish} and {@code message} return {@code pub}, {@code subscribe} {@code sub}, the others nothing. */
    PASS_ON,
    /** {@code publish}, {@code subscribe} and {@code message} return nothing. */
    REFUSE,
    /**
     * {@code publish} and {@code subscribe} refuse, in the way the language has for that. At the data, or the query, {@code all}
     * with status 401, error {@code log in first}, and the header {@code WWW-Authenticate}, which is {@code Bearer}; at
     * {@code gone} with status 204 alone; at {@code error} with the error {@code no} alone; at {@code bad} with status 200; at
     * {@code break} with a header {@code x-name} in which there is a line break. Otherwise they return {@code pub} and {@code sub}.
     * Optional.
     */
    REFUSAL,
    /**
     * {@code publish} replaces {@code data} by these, with a {@code |} between: method, uri, path, query, ip and port of
     * {@code req.addr}, the header {@code x-name}, the header {@code x-none}, id, event, data, number of comments (0 if there are
     * none), first comment; {@code -} for each that is absent. {@code catchup} returns one message, whose {@code data} is path and
     * query of {@code sub.req} and the last event id in the same way.
     */
    DESCRIBE,
    /**
     * {@code publish} looks at the {@code data} of the message. At {@code all} it sets id {@code i}, event {@code e}, data
     * {@code d} and the comments {@code c1} and {@code c2}. At {@code clear} it takes id, event and comments away. At
     * {@code numbers} it sets id, event and data to the numbers 1, 2 and 3.5. At {@code wrong} it sets id to an empty object, event to
     * true and comment to 7. At {@code break} it sets id to a text with a line break. At {@code empty} it takes data away. It returns
     * {@code pub}.
     */
    FIELDS,
    /**
     * {@code publish} returns a new object with the same {@code req} and a new {@code msg}, whose data is {@code own};
     * {@code subscribe} one with the same {@code req} and a {@code name} that is {@code own}; {@code message} sets data to
     * {@code sub.name}.
     */
    OWN_OBJECT,
    /**
     * {@code publish} sets {@code pub.topic} to {@code t}. {@code subscribe} sets {@code sub.name} to an object, whose
     * {@code text} is the query and whose {@code self} is itself, {@code sub.shout} to a function that puts {@code !} behind a text, and
     * {@code sub.req.path} to {@code /changed}. {@code message} sets data to topic, name and path as in {@code t for anna! at /sse},
     * where the name is {@code shout} of {@code sub.name.self.text}. {@code catchup} returns one message with {@code sub.name.text}.
     * Both, before they return, set {@code sub.name.text} and {@code pub.topic} to {@code changed}. {@code timeout} returns the
     * length of {@code sub.name.text}, and {@code unsubscribe} raises an error whose text is {@code sub.name.text}.
     */
    KEEP,
    /**
     * Keeps four variables between its calls: {@code started}, which {@code startup} sets to {@code cli.capacity},
     * {@code ticked}, which {@code tick} sets to its count, {@code left}, to which {@code unsubscribe} adds 1, and {@code count}, to which
     * {@code publish} adds 1. All begin as 0. {@code publish} then sets data to them in this order, with a {@code |} between.
     */
    STATE,
    /** Each of the eight raises an error with the text {@code boom}. */
    FAIL,
    /** {@code publish}, {@code subscribe}, {@code catchup}, {@code message} and {@code timeout} return true. */
    WRONG_RESULT,
    /**
     * {@code catchup} returns three messages: data is {@code since} and the last event id; id {@code 7}, event {@code e}, data
     * the empty text, one comment {@code c}; one without any field.
     */
    HISTORY,
    /**
     * {@code timeout} looks at the query: {@code elapsed}: it returns the elapsed milliseconds; {@code fraction}: 1500.9;
     * {@code negative}: -5; otherwise nothing.
     */
    RETRY,
    /** {@code message} returns what {@code publish(pub)} returns, which the script does not define. */
    DEFAULTS,
    /**
     * Waits by what the language has for that, a millisecond again and again until a variable is set. {@code publish}: at the data
     * {@code release} it sets the variable. {@code subscribe}: if {@code sub.req.query} is {@code hold}, it waits. {@code message}: if
     * the query is {@code wait}, it waits, then sets data to {@code released}. They return {@code pub} and {@code sub}. Optional.
     */
    WAIT,
    /** {@code publish} never ends at the data {@code go}; otherwise it returns {@code pub}. Optional. */
    ENDLESS_LOOP,
    /**
     * {@code publish} at the data {@code go} begins an endless loop again and again, each time within what catches errors; otherwise
     * it returns {@code pub}. Optional.
     */
    STUBBORN_LOOP,
    /** {@code publish} calls itself without end at the data {@code go}; otherwise it returns {@code pub}. Optional. */
    ENDLESS_RECURSION,
    /** {@code publish} makes ever more data and keeps it at the data {@code go}; otherwise it returns {@code pub}. Optional. */
    MEMORY_BOMB,
    /**
     * {@code publish} looks at the {@code data} of the message: at {@code move} it sets {@code pub.channel} to {@code moved}, at
     * {@code clear} it takes it away, at {@code bad} it sets it to {@code a b}. {@code subscribe} looks at the query: at
     * {@code widen} it adds {@code news.*} to the array {@code sub.channels}, at {@code set} it sets it to a set with {@code news} in it,
     * in the form that the language has for that, at {@code none} to an empty array, at {@code clear} it takes it away, at
     * {@code bad} it sets it to an array with {@code a b}. They return {@code pub} and {@code sub}. {@code message} sets data to
     * {@code pub.channel} and the elements of the array {@code sub.channels}, with a {@code |} between, {@code -} for each of the two
     * that is absent. Optional.
     */
    CHANNELS,
    /**
     * {@code catchup} looks at the query: at {@code own} it returns one message, whose data is the last event id and the reason of the gap
     * with a {@code |} between, {@code -} for what is absent; at {@code none} it returns an empty array; otherwise nothing. Optional.
     */
    REPLAY,
    /**
     * {@code publish} sets {@code pub.saved} to an object, whose {@code text} is {@code ä}, whose {@code list} is an array of 1, 2.5
     * and true, and whose {@code inner} is an object with a {@code text} that is {@code x}; and {@code pub.call} to a function.
     * {@code message} sets data to these five in this order, and {@code call} if {@code pub.call} is there, with a {@code |} between,
     * {@code -} for what is absent. Optional.
     */
    SAVED,
    /**
     * Uses what the language offers of {@link dev.tinysse.api.Channels}. {@code publish} looks at the {@code data} of the message. At
     * {@code publish} it publishes event {@code e} and data {@code d} to {@code news}, and sets data to queued, subscribers and id, with a
     * {@code |} between. At {@code bad} it publishes to {@code a b}. At {@code subscribers} it sets data to the number of all streams
     * and that of {@code news} in the same way; at {@code channels} to name and number of the first channel that begins with
     * {@code n}; at {@code history} to id, data, channel and time of the first message of {@code news} of those after {@code 7}, not
     * older than 60000 ms, of which it wants 5; at {@code disconnect} to how many streams it has ended, those whose query is
     * {@code bad}. It returns {@code pub}. Optional.
     */
    SERVER,
    /**
     * Sees claims as {@code pub.auth} and {@code sub.auth}, an object of the language. {@code publish} sets data to the claims
     * {@code sub}, {@code exp}, {@code ratio}, {@code admin}, the number of elements of {@code roles}, the first of them, and
     * {@code place.city}, with a {@code |} between; to {@code -} if there is no {@code pub.auth}. At the data {@code change} it then
     * sets {@code pub.auth} to an object whose {@code sub} is {@code mallory}. {@code subscribe} looks at the query: at {@code change}
     * it does the same with {@code sub.auth}, at {@code user} it sets {@code sub.user} to {@code bob}, at {@code number} to 7. They
     * return {@code pub} and {@code sub}. {@code message} sets data to {@code sub} of {@code pub.auth} and {@code sub.auth} and to
     * {@code sub.user} in the same way, with {@code -} for each that is absent. Optional.
     */
    AUTH,
    /** Is not of the language; the mistake is in its second line. */
    MALFORMED,
    /** Raises an error with the text {@code boom} in the second line of its top level. */
    FAILING_TOP_LEVEL;

    /** {@return whether a provider may do without: what is not there is skipped, not failed} */
    boolean isOptional() {
        return switch (this) {
            case REFUSAL, CHANNELS, REPLAY, SAVED, SERVER, AUTH, WAIT, ENDLESS_LOOP, STUBBORN_LOOP, ENDLESS_RECURSION,
                    MEMORY_BOMB ->
                true;
            default -> false;
        };
    }

    /** {@return the name of its script's file without the extension, such as {@code pass-on}} */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

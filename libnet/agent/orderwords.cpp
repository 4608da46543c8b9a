#include "libnet/agent/orderwords.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace net::agent {

namespace {

struct Word
{
    QLatin1StringView text;
    probe::Verb verb;
};
constexpr Word words[] = {{"pause"_L1, probe::Verb::Pause},     {"resume"_L1, probe::Verb::Resume},
                          {"end"_L1, probe::Verb::End},         {"destroy"_L1, probe::Verb::Destroy},
                          {"reset"_L1, probe::Verb::Reset},     {"write"_L1, probe::Verb::Write},
                          {"receive"_L1, probe::Verb::Receive}, {"arm"_L1, probe::Verb::Arm}};

/// Takes arguments, and remembers the first one that is out of bounds or unknown.
class Arguments
{
public:
    explicit Arguments(const QCborMap &map) : m_left(map) {}

    template <typename Number>
    void take(QLatin1StringView name, Number &into, qint64 most)
    {
        const QCborValue value = m_left.take(name);
        if (value.isUndefined())
            return;
        const qint64 number = value.toInteger(-1);
        if (!value.isInteger() || number < 0 || number > most)
            fail(u"%1 must be a number from 0 to %2"_s.arg(name).arg(most));
        else
            into = Number(number);
    }
    QByteArray takeBytes(QLatin1StringView name)
    {
        const QCborValue value = m_left.take(name);
        if (!value.isByteArray() || value.toByteArray().isEmpty())
            fail(u"%1 must be bytes"_s.arg(name));
        return value.toByteArray();
    }
    QString error() const
    {
        if (m_error.isEmpty() && !m_left.isEmpty())
            return u"the argument %1 is unknown"_s.arg(m_left.keys().constFirst().toString());
        return m_error;
    }

private:
    void fail(const QString &message)
    {
        if (m_error.isEmpty())
            m_error = message;
    }

    QCborMap m_left;
    QString m_error;
};

std::shared_ptr<probe::FaultPlan> takePlan(Arguments &arguments)
{
    constexpr qint64 minute = 60'000;
    auto plan = std::make_shared<probe::FaultPlan>();
    arguments.take("latency"_L1, plan->latency, minute);
    arguments.take("jitter"_L1, plan->jitter, minute);
    arguments.take("bandwidth"_L1, plan->bandwidth, 1LL << 40);
    arguments.take("slice"_L1, plan->slice, 1 << 30);
    arguments.take("slowClose"_L1, plan->slowClose, minute);
    arguments.take("stall"_L1, plan->stall, 1);
    arguments.take("resetAfter"_L1, plan->resetAfter, std::numeric_limits<qint64>::max());
    arguments.take("probability"_L1, plan->probability, 100);
    return plan;
}

} // namespace

ParsedOrder parseOrder(const wire::Command &command)
{
    ParsedOrder parsed;
    const auto *const word = std::find_if(std::begin(words), std::end(words),
                                          [&command](const Word &each) { return each.text == command.verb; });
    if (word == std::end(words)) {
        parsed.error = u"there is no command \"%1\""_s.arg(command.verb.left(32));
        return parsed;
    }
    parsed.order.verb = word->verb;
    Arguments arguments(command.arguments);
    if (word->verb == probe::Verb::Write || word->verb == probe::Verb::Receive)
        parsed.order.bytes = arguments.takeBytes("bytes"_L1);
    if (word->verb == probe::Verb::Arm)
        parsed.order.plan = parsed.plan = takePlan(arguments);
    parsed.error = arguments.error();
    return parsed;
}

} // namespace net::agent

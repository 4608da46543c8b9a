#include "inspector/models/report.h"
#include "inspector/session/sessionloader.h"
#include "inspector/session/sessionsaver.h"
#include "tests/fuzz/fuzz.h"

#include <QBuffer>

#include <cstring>

using namespace inspector;
using namespace Qt::StringLiterals;

namespace {

/// What a file's bytes have become.
class Loaded
{
public:
    explicit Loaded(QByteArray bytes) : session(roomy())
    {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        SessionLoader loader(session);
        refusal = loader.open(buffer, u"fuzz"_s);
        while (refusal.isEmpty() && loader.readOn(std::chrono::hours(1)))
            ;
    }
    QString text() const { return reportOf(session.records()).text; }

    Session session;
    QString refusal;

private:
    static SessionOptions roomy()
    {
        SessionOptions options = SessionLoader::options();
        options.events = 32'768;
        options.payloadBytes = 1024 * 1024;
        return options;
    }
};

QByteArray saved(const Records &records)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    SessionSaver saver(records);
    fuzz::claim(saver.open(buffer).isEmpty(), "a session can be saved to memory");
    while (saver.writeOn(std::chrono::hours(1)))
        ;
    fuzz::claim(saver.problem().isEmpty(), "all of it");
    return buffer.data();
}

/// A file whose checksums are right, and whose entries are what the input says: otherwise the first checksum would be
/// all that is ever tried. An entry of the input: kind, process, ms since the one before, u16 size, payload.
QByteArray assembled(QByteArrayView input)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    SessionFileWriter writer(buffer);
    writer.begin({.software = u"fuzz"_s, .host = u"here"_s, .monotonic = 1'000'000'000, .realtime = 2'000'000'000});
    qint64 time = 1'000'000'000;
    while (input.size() >= 5) {
        const auto kind = static_cast<quint8>(input[0]);
        quint16 size = 0;
        std::memcpy(&size, input.data() + 3, sizeof size);
        time += static_cast<quint8>(input[2]) * 1'000'000LL;
        const QByteArrayView payload = input.sliced(5).first(std::min<qsizetype>(size, input.size() - 5));
        writer.append(static_cast<EntryKind>(kind & 15), static_cast<quint8>(input[1]) & 3, time, payload, kind >> 4);
        input = input.sliced(5 + payload.size());
    }
    writer.flush();
    return buffer.data();
}

} // namespace

/// Whatever a session file holds, it is refused or shown, with a word on what is missing; and what is shown can be
/// saved and is then the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Choices choices(data, size);
    const bool raw = choices.byte() & 1;
    const QByteArray input = choices.rest();
    const Loaded loaded(raw ? input : assembled(input));
    if (!loaded.refusal.isEmpty()) {
        fuzz::claim(loaded.session.isLive() && loaded.session.processCount() == 0, "what is refused leaves nothing");
        return 0;
    }
    const Origin &origin = *loaded.session.origin();
    fuzz::claim(origin.from <= origin.to, "a recording ends after it has begun");
    const Loaded again(saved(loaded.session.records()));
    fuzz::claim(again.refusal.isEmpty() && again.session.origin()->problem.isEmpty(), "what was saved can be read");
    if (again.text() != loaded.text())
        std::fprintf(stderr, "%s\n-- is no longer\n%s\n", qPrintable(again.text()), qPrintable(loaded.text()));
    fuzz::claim(again.text() == loaded.text(), "and is the same");
    return 0;
}

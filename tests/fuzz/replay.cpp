#include "tests/fuzz/fuzz.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <random>

namespace {

void play(const QByteArray &input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.constData()), std::size_t(input.size()));
}

/// The same changes in every run.
class Mutator
{
public:
    QByteArray changed(QByteArray input, const QByteArray &other)
    {
        for (quint32 times = 1 + m_random() % 4; times > 0; --times) {
            const qsizetype at = m_random() % quint32(input.size() + 1);
            switch (m_random() % 6) {
            case 0:
                input.insert(at, char(m_random()));
                break;
            case 1:
                input.remove(at, 1 + m_random() % 4);
                break;
            case 2:
                input.truncate(at);
                break;
            case 3:
                input.insert(at, other.mid(m_random() % quint32(other.size() + 1), 16));
                break;
            case 4:
                input.insert(at, input.mid(m_random() % quint32(input.size() + 1), 16));
                break;
            default:
                if (at < input.size())
                    input[at] = char(input.at(at) ^ (1 << m_random() % 8));
            }
        }
        return input;
    }

private:
    std::mt19937 m_random{1}; // the same in every library
};

} // namespace

/// Plays a corpus and changes of it, where no fuzzer is: replay <folder> [changes of each]
int main(int count, char **arguments)
{
    const QDir folder(count > 1 ? QFile::decodeName(arguments[1]) : QString());
    const int changes = count > 2 ? std::atoi(arguments[2]) : 1000;
    QList<QByteArray> inputs = {{}};
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            inputs.append(file.readAll());
    }
    if (count < 2 || inputs.size() < 2) {
        std::fprintf(stderr, "replay <folder> [changes of each]: nothing to play\n");
        return 2;
    }
    Mutator mutator;
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        play(inputs.at(i));
        for (int change = 0; change < changes; ++change)
            play(mutator.changed(inputs.at(i), inputs.at((i + change) % inputs.size())));
    }
    std::printf("%lld inputs, %d changes of each\n", static_cast<long long>(inputs.size()), changes);
    return 0;
}

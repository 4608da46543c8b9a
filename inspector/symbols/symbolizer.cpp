#include "inspector/symbols/symbolizer.h"

namespace inspector {

// A long look at many connections forgets the first: one of 400 bytes each.
static constexpr qsizetype mostKnown = 100'000;
// Files that are held open, with what was read of them.
static constexpr std::size_t mostFiles = 64;

class Symbolizer::Worker : public QObject
{
public:
    explicit Worker(Symbolizer &owner) : m_owner(owner) {}

    void answer(const QList<Question> &questions)
    {
        QList<std::pair<Place, Symbols>> answers;
        for (const Question &question : questions) {
            if (m_owner.m_ends)
                return;
            const DebugFile &file = fileOf(question.module);
            answers.append({{question.module.key(), question.address},
                            {.places = file.placesOf(question.address), .problem = file.problem()}});
        }
        QMetaObject::invokeMethod(
            &m_owner, [owner = &m_owner, answers] { owner->take(answers); }, Qt::QueuedConnection);
    }

private:
    const DebugFile &fileOf(const ModuleFile &module)
    {
        const QByteArray key = module.key();
        auto found = m_files.find(key);
        if (found == m_files.end()) {
            if (m_files.size() >= mostFiles)
                m_files.clear();
            found = m_files.emplace(key, module.open()).first;
        }
        return *found->second;
    }

    Symbolizer &m_owner;
    std::map<QByteArray, std::unique_ptr<DebugFile>> m_files;
};

Symbolizer::Symbolizer(QObject *parent) : QObject(parent), m_worker(new Worker(*this))
{
    m_thread.setObjectName(QStringLiteral("symbols"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
}

Symbolizer::~Symbolizer()
{
    m_ends = true;
    if (m_thread.isRunning()) {
        m_thread.quit();
        m_thread.wait();
    } else {
        delete m_worker;
    }
}

const Symbols *Symbolizer::find(const ModuleFile &module, quint64 address)
{
    const Place place{module.key(), address};
    const auto known = m_known.constFind(place);
    if (known != m_known.cend())
        return &*known;
    if (m_asked.contains(place))
        return nullptr;
    m_asked.insert(place);
    if (m_waiting.isEmpty())
        QMetaObject::invokeMethod(this, &Symbolizer::send, Qt::QueuedConnection);
    m_waiting.append({module, address});
    return nullptr;
}

void Symbolizer::send()
{
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, questions = std::exchange(m_waiting, {})] { worker->answer(questions); },
        Qt::QueuedConnection);
}

void Symbolizer::take(const QList<std::pair<Place, Symbols>> &answers)
{
    if (m_known.size() > mostKnown)
        m_known.clear();
    for (const auto &[place, symbols] : answers) {
        m_asked.remove(place);
        m_known.insert(place, symbols);
    }
    Q_EMIT found();
}

} // namespace inspector

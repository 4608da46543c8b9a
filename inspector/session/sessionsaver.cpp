#include "inspector/session/sessionsaver.h"

#include "inspector/session/sessionstate.h"

#include <QElapsedTimer>

#include <algorithm>

namespace inspector {

using namespace net::wire;

QString SessionSaver::open(const QString &file)
{
    m_file.emplace(file);
    if (!m_file->open(QIODevice::WriteOnly))
        return m_file->errorString();
    return open(*m_file);
}

QString SessionSaver::open(QIODevice &device)
{
    m_writer = std::make_unique<SessionFileWriter>(device);
    m_writer->begin(SessionState::headOf(m_records, false));
    SessionState(m_records, SessionState::Scope::All).writeProcesses(*m_writer, m_known);
    m_begin = m_next = m_records.events.begin();
    m_logs = m_records.payloads.keys();
    return m_writer->flush() ? QString() : m_writer->problem();
}

bool SessionSaver::writeOn(std::chrono::milliseconds budget)
{
    QElapsedTimer watch;
    watch.start();
    while (!m_done && watch.elapsed() < budget.count()) {
        if (!m_writer->ok() || isCaughtUp())
            finish();
        else if (m_next < m_records.events.end())
            writeEvents();
        else
            writePayload();
    }
    return !m_done;
}

double SessionSaver::progress() const
{
    const auto all = static_cast<double>(m_records.events.end() - m_begin + m_logs.size());
    return all > 0 ? static_cast<double>(m_next - m_begin + m_log) / all : 1;
}

bool SessionSaver::isCaughtUp() const
{
    return m_next >= m_records.events.end() && m_log >= m_logs.size();
}

void SessionSaver::writeEvents()
{
    // What was overwritten meanwhile was the oldest.
    m_next = std::max(m_next, m_records.events.begin());
    const std::span<const LogRecord> run = m_records.events.run(m_next);
    const quint16 process = run.front().process;
    std::vector<EventRecord> events;
    for (const LogRecord &record : run) {
        if (record.process != process)
            break;
        events.push_back({.time = record.time,
                          .subject = record.subject,
                          .a = record.a,
                          .b = record.b,
                          .flags = record.flags,
                          .kind = static_cast<EventKind>(record.kind),
                          .state = static_cast<State>(record.state)});
    }
    if (!m_known.contains(process))
        SessionState(m_records, SessionState::Scope::All).writeProcesses(*m_writer, m_known);
    QByteArray bytes;
    encode(bytes, std::span<const EventRecord>(events), m_next, true);
    m_writer->appendFrames(process, now(), bytes);
    m_next += events.size();
}

void SessionSaver::writePayload()
{
    const SubjectKey key = m_logs[m_log];
    const PayloadLog *const log = m_records.payloads.find(key);
    if (!log || m_piece >= log->end()) {
        ++m_log;
        m_piece = 0;
        return;
    }
    m_piece = std::max(m_piece, log->begin());
    const PayloadPiece &piece = log->at(m_piece++);
    QByteArray bytes;
    encode(bytes, Payload{.record = {.subject = key.subject,
                                     .offset = piece.offset,
                                     .time = piece.time,
                                     .streamSize = piece.streamSize,
                                     .size = static_cast<quint32>(piece.bytes.size()),
                                     .direction = piece.direction,
                                     .redacted = static_cast<quint8>(piece.redacted)},
                          .bytes = piece.bytes});
    m_writer->appendFrames(key.process, now(), bytes);
}

void SessionSaver::finish()
{
    m_done = true;
    const SessionState state(m_records, SessionState::Scope::All);
    state.writeProcesses(*m_writer, m_known);
    state.writeObjects(*m_writer);
    state.writeStacks(*m_writer);
    state.writeSums(*m_writer);
    state.writeEnds(*m_writer);
    m_writer->end(now());
    m_problem = m_writer->problem();
    if (m_file && m_problem.isEmpty() && !m_file->commit())
        m_problem = m_file->errorString();
}

} // namespace inspector

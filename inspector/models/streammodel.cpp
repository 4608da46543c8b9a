#include "inspector/models/streammodel.h"

#include <algorithm>

namespace inspector {

StreamModel::StreamModel(LiveView &view, QObject *parent) : QObject(parent), m_view(view)
{
    connect(&m_view, &LiveView::framed, this, &StreamModel::update);
    connect(&m_view.session(), &Session::feedsChanged, this, &StreamModel::update);
}

void StreamModel::setSubject(SubjectKey key)
{
    if (m_subject == key)
        return;
    m_subject = key;
    const bool isSocket = findVacancy() != Vacancy::NoSubject && findVacancy() != Vacancy::NotASocket;
    m_view.session().capture(isSocket ? key : SubjectKey());
    rebuild();
}

QString StreamModel::timeText(int line) const
{
    return m_view.times().text(m_lines.time(line), m_lines.timeBefore(line));
}

void StreamModel::choose(int line)
{
    m_view.times().choose(m_lines.time(line));
}

QString StreamModel::server() const
{
    const int row = m_view.objects().find(m_subject);
    if (row < 0)
        return {};
    const RowTexts &texts = m_view.objects().texts(row);
    return m_view.objects().identity(row).kind == RowKind::Accepted ? texts.local : texts.remote;
}

void StreamModel::setMode(StreamLines::Mode mode)
{
    if (m_lines.mode() == mode)
        return;
    m_lines.setMode(mode);
    rebuild();
}

void StreamModel::setWidth(int characters)
{
    const int before = m_lines.capacity();
    m_lines.setWidth(characters);
    if (m_lines.capacity() != before)
        rebuild();
}

StreamModel::Vacancy StreamModel::findVacancy() const
{
    const int row = m_view.objects().find(m_subject);
    if (row < 0)
        return Vacancy::NoSubject;
    const RowKind kind = m_view.objects().identity(row).kind;
    if (kind == RowKind::Process || kind == RowKind::Listener || kind == RowKind::Server)
        return Vacancy::NotASocket;
    if (m_lines.size() > 0)
        return Vacancy::None;
    if (m_view.payloads().hasMadeRoom(m_subject))
        return Vacancy::MadeRoom;
    if (!m_view.session().isLive())
        return Vacancy::NotRecorded;
    AgentFeed *const feed = m_view.session().feed(m_subject.process);
    if (!feed || feed->link().state() != Link::State::Attached)
        return Vacancy::NotAttached;
    if (!feed->link().hasRight(net::wire::SeePayload))
        return Vacancy::NotGranted;
    return m_view.objects().identity(row).life == RowLife::Live ? Vacancy::Silent : Vacancy::Over;
}

void StreamModel::rebuild()
{
    m_lines.clear();
    m_next = 0;
    if (const PayloadLog *const log = m_view.payloads().find(m_subject)) {
        for (m_next = log->begin(); m_next < log->end(); ++m_next)
            m_lines.append(log->at(m_next));
        m_lines.trim();
    }
    m_vacancy = findVacancy();
    Q_EMIT reset();
}

void StreamModel::update()
{
    if (m_view.isPaused())
        return;
    const PayloadLog *const log = m_view.payloads().find(m_subject);
    if (!log && m_next > 0) {
        rebuild(); // it was cleared, or had to make room
        return;
    }
    const int before = m_lines.size();
    if (log) {
        for (m_next = std::max(m_next, log->begin()); m_next < log->end(); ++m_next)
            m_lines.append(log->at(m_next));
    }
    const bool grown = m_lines.size() > before;
    const int removed = m_lines.trim();
    const Vacancy vacancy = findVacancy();
    if (vacancy != m_vacancy) {
        m_vacancy = vacancy;
        Q_EMIT reset();
    } else if (grown) {
        Q_EMIT advanced(removed);
    }
}

} // namespace inspector

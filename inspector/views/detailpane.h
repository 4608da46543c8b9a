#pragma once
#include "inspector/models/factmodel.h"
#include "inspector/models/streammodel.h"

#include <QWidget>

class QLabel;
class QSplitter;
class QTableView;
class QToolButton;

namespace inspector {

class EmptyState;
class StreamView;

/// Everything about the chosen object: its facts, and the live stream of a connection.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    DetailPane(FactModel &facts, StreamModel &stream, QWidget *parent = nullptr);

    StreamView *streamView() const { return m_streamView; }
    void setSubject(SubjectKey key);

Q_SIGNALS:
    /// A fact about another object was activated.
    void chosen(inspector::SubjectKey key);

private:
    QWidget *buildFacts();
    QWidget *buildStream();
    void showTitle();

    FactModel &m_facts;
    StreamModel &m_stream;
    QLabel *m_title;
    QTableView *m_factView;
    EmptyState *m_empty;
    StreamView *m_streamView;
    QToolButton *m_text;
    QToolButton *m_hex;
};

} // namespace inspector

#pragma once
#include "inspector/models/factmodel.h"
#include "inspector/models/streammodel.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;
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
    QTableView *factView() const { return m_factView; }
    void setSubject(SubjectKey key);

Q_SIGNALS:
    /// A fact about another object was activated.
    void chosen(inspector::SubjectKey key);
    /// A menu was asked for at \a position (global), for a fact that the column \a column of the table has too.
    void menuRequested(inspector::SubjectKey key, int column, const QPoint &position);

private:
    QWidget *buildFacts();
    QWidget *buildStream();
    void showTitle();
    void addFind(QHBoxLayout &head);
    void find(bool forward);

    FactModel &m_facts;
    StreamModel &m_stream;
    QLabel *m_title;
    QTableView *m_factView;
    EmptyState *m_empty;
    StreamView *m_streamView;
    QLineEdit *m_find;
    QLabel *m_found;
    QToolButton *m_text;
    QToolButton *m_hex;
};

} // namespace inspector

#pragma once
#include "inspector/models/sockettablemodel.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QTableView;

namespace inspector {

class EmptyState;

/// A table of sockets that something is to be said about, with its sum above and room for a plot between them.
class SocketPane : public QWidget
{
    Q_OBJECT

public:
    struct Words
    {
        QString name;  ///< of the object, for styles and tests
        QString title; ///< the accessible name
        QString emptyTitle;
        QString emptyHint;
    };

    /// \a plot may be null.
    SocketPane(SocketTableModel &model, const Words &words, QWidget *plot = nullptr, QWidget *parent = nullptr);

    QTableView *table() const { return m_table; }
    QString summary() const;
    /// Puts \a widget beside the sum.
    void addToHead(QWidget *widget);

public Q_SLOTS:
    /// Makes the row of \a key the current one if there is one.
    void choose(inspector::SubjectKey key);

Q_SIGNALS:
    void chosen(inspector::SubjectKey key);
    void menuRequested(inspector::SubjectKey key, int column, const QPoint &position);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void dress(const Words &words);
    void refresh();
    void select();
    void showMenu(const QPoint &position);

    SocketTableModel &m_model;
    QLabel *m_summary;
    QHBoxLayout *m_head;
    QTableView *m_table;
    EmptyState *m_empty;
    Words m_words;
    SubjectKey m_chosen;
    bool m_quiet = false;
};

} // namespace inspector

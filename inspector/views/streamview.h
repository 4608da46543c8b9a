#pragma once
#include "inspector/models/streammodel.h"
#include "inspector/models/streamsearch.h"

#include <QAbstractScrollArea>

namespace inspector {

class EmptyState;
class LatestPill;

/// The bytes of one conversation as lines of text or hex, each with its direction, followed live until one
/// scrolls up, finds something or goes to a line.
class StreamView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit StreamView(StreamModel &model, QWidget *parent = nullptr);

    /// What is on the lines that can be seen, for copying and for tests.
    QString visibleText() const;
    bool isFollowing() const { return m_following; }
    QString emptyTitle() const;
    /// Goes to the next line with \a text, or the one before; false if there is none.
    bool find(const QString &text, bool forward);
    /// What is chosen, in bytes.
    QByteArray chosenBytes() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void measure();
    void advance(int removed);
    void reload();
    void layoutLines();
    void showVacancy();
    void paintLine(QPainter &painter, int y, int index) const;
    int lineAt(int y) const;
    void goToMessage(bool forward);
    void copy();
    void select(int line, bool extend);
    void makeVisible(int line);
    void follow();
    void hold();
    bool isChosen(int line) const;
    void paintMatches(QPainter &painter, int x, int y, int index) const;

    StreamModel &m_model;
    StreamSearch m_search;
    EmptyState *m_empty;
    LatestPill *m_pill;
    int m_lineHeight = 16;
    int m_character = 8;
    int m_gutter = 0; ///< room for time and glyph
    bool m_following = true;
    int m_count = 0;  ///< lines, when they were laid out last
    int m_unseen = 0; ///< lines that have come since it does not follow
    bool m_moving = false;
    int m_anchor = -1; ///< selected lines, from here
    int m_cursor = -1; ///< to here
};

} // namespace inspector

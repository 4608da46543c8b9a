#pragma once
#include <QPushButton>

class QAbstractScrollArea;

namespace inspector {

/// Says over the foot of a view that it does not follow, and how much has come since; leads back to the end.
class LatestPill : public QPushButton
{
    Q_OBJECT

public:
    explicit LatestPill(QAbstractScrollArea *area);

    void showFor(bool isFollowing, int unseen);

private:
    QAbstractScrollArea *m_area;
};

} // namespace inspector

#include "inspector/views/flatheader.h"

#include <QHeaderView>

namespace inspector {

void makeFlat(QHeaderView &header)
{
    header.setHighlightSections(false);
    header.setStyleSheet(QStringLiteral(
        "QHeaderView { background: palette(window); }"
        "QHeaderView::section { background: palette(window); color: palette(window-text); border: none;"
        " border-right: 1px solid palette(midlight); border-bottom: 1px solid palette(midlight); padding: 3px 5px; }"));
}

} // namespace inspector

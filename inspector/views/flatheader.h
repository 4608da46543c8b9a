#pragma once

class QHeaderView;

namespace inspector {

/// Makes a header as calm as what stands below it, with the same margins as CellDelegate's.
void makeFlat(QHeaderView &header);

} // namespace inspector

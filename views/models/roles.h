// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Item roles of our models beyond Qt's own.

#include <Qt>

namespace views {

enum Role {
    SortRole = Qt::UserRole + 1,  ///< a number or a text to sort by
    PlainRole,                    ///< text for the clipboard and files, without grouping
    RowTextRole,                  ///< all text of the row, for filters; of column 0
    BarShareRole,                 ///< 0..1: length of the bar behind the number
    BarColorRole,                 ///< its colour
    SubtitleRole,                 ///< second line of a list entry
    CurrentRole,                  ///< true for the entry that the window shows
    DimmedRole,                   ///< true while the value is being recomputed
    TrainedRole                   ///< true for a variation that was trained
};

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tables as text for Ctrl+C, the copy menu and "Save as". TSV and CSV contain plain numbers (no
// grouping), which spreadsheets and scripts can read; Markdown contains the displayed text.

#include <QAbstractItemModel>
#include <QString>
#include <vector>

namespace views {

enum class TableFormat { Tsv, Csv, Markdown };

/// The given rows of the given columns with a header line; every line ends with '\n'.
QString tableText(const QAbstractItemModel& model, const std::vector<int>& rows,
                  const std::vector<int>& columns, TableFormat format);

}  // namespace views

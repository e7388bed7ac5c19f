// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tables as text: what Ctrl+C, the copy menu and "Save as" give. TSV and CSV carry plain numbers
// (no grouping) so that spreadsheets and scripts take them; Markdown carries what is shown.

#include <QAbstractItemModel>
#include <QString>
#include <vector>

namespace views {

enum class TableFormat { Tsv, Csv, Markdown };

/// The given rows of the given columns with a header line; every line ends with '\n'.
QString tableText(const QAbstractItemModel& model, const std::vector<int>& rows,
                  const std::vector<int>& columns, TableFormat format);

}  // namespace views

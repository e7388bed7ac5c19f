// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/table_text.h"

#include <QStringList>

#include "views/models/roles.h"

namespace views {
namespace {

/// Escapes a cell for the format: a tab or line break would break TSV, a comma or quote CSV, a bar
/// Markdown.
QString escaped(QString text, TableFormat format) {
    text.replace('\n', ' ');
    if (format == TableFormat::Tsv) return text.replace('\t', ' ');
    if (format == TableFormat::Markdown) return text.replace('|', "\\|");
    if (!text.contains(',') && !text.contains('"')) return text;
    return '"' + text.replace('"', "\"\"") + '"';
}

QString line(const QStringList& cells, TableFormat format) {
    switch (format) {
        case TableFormat::Tsv:
            return cells.join('\t') + '\n';
        case TableFormat::Csv:
            return cells.join(',') + '\n';
        case TableFormat::Markdown:
            break;
    }
    return "| " + cells.join(" | ") + " |\n";
}

bool isNumeric(const QAbstractItemModel& model, int column) {
    const auto alignment = model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
    return alignment & Qt::AlignRight;
}

QString markdownRule(const QAbstractItemModel& model, const std::vector<int>& columns) {
    QStringList cells;
    for (int column : columns)
        cells << (isNumeric(model, column) ? "---:" : "---");
    return line(cells, TableFormat::Markdown);
}

}  // namespace

QString tableText(const QAbstractItemModel& model, const std::vector<int>& rows,
                  const std::vector<int>& columns, TableFormat format) {
    const int role = format == TableFormat::Markdown ? int(Qt::DisplayRole) : int(PlainRole);
    QStringList header;
    for (int column : columns)
        header << escaped(model.headerData(column, Qt::Horizontal).toString(), format);
    QString text = line(header, format);
    if (format == TableFormat::Markdown) text += markdownRule(model, columns);
    for (int row : rows) {
        QStringList cells;
        for (int column : columns)
            cells << escaped(model.index(row, column).data(role).toString(), format);
        text += line(cells, format);
    }
    return text;
}

}  // namespace views

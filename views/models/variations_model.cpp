// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/variations_model.h"

#include <QStringList>
#include <algorithm>

#include "views/models/budget_text.h"
#include "views/models/roles.h"
#include "views/models/training_text.h"

namespace views {
namespace {

Metric metricOf(int column) {
    return totalMetrics()[static_cast<size_t>(column - VariationsModel::FirstMetric)];
}

QString subtitle(const TriedVariation& tried) {
    if (!tried.evaluation) return QStringLiteral("evaluating");
    QStringList parts;
    // Space for three figures: quality, where known, comes before position.
    const Metric second =
        tried.evaluation->quality ? qualityOf(*tried.evaluation) : Metric::ArenaBytes;
    for (Metric metric : {Metric::FlashBytes, second, Metric::LatencyUs}) {
        const Reading reading = read(metric, *tried.evaluation);
        if (reading.value) parts << shortText(info(metric).unit, *reading.value);
    }
    return parts.join(QStringLiteral(" · "));
}

/// "★ ship this", "w0.41 ×6"
QString listName(const TriedVariation& tried) {
    QString name = tried.name();
    if (tried.marks.isStarred) name = QString(QChar(0x2605)) + ' ' + name;
    if (!tried.same.empty()) name += QStringLiteral(" ×%1").arg(tried.same.size() + 1);
    return name;
}

QString sameText(const TriedVariation& tried) {
    constexpr size_t kMostNames = 6;
    QStringList names;
    for (size_t i = 0; i < std::min(kMostNames, tried.same.size()); ++i)
        names << QString::fromStdString(tried.same[i].label());
    if (tried.same.size() > kMostNames)
        names << QStringLiteral("%1 more").arg(tried.same.size() - kMostNames);
    return QStringLiteral("the same network: ") + names.join(", ");
}

}  // namespace

QString fitText(const types::Evaluation& evaluation) {
    if (!evaluation.flash && !evaluation.sram) return QStringLiteral("no board");
    QStringList parts;
    if (evaluation.flash && !evaluation.flash->fits())
        parts << "flash " + spareText(*evaluation.flash);
    if (evaluation.sram && !evaluation.sram->fits()) parts << "SRAM " + spareText(*evaluation.sram);
    return parts.isEmpty() ? QStringLiteral("fits") : parts.join(", ");
}

int VariationsModel::columnOf(Metric metric) {
    const auto& list = totalMetrics();
    const auto found = std::find(list.begin(), list.end(), metric);
    return FirstMetric + static_cast<int>(found - list.begin());
}

TriedVariations listedVariations(const TriedVariations& tried, const types::Variation& current) {
    TriedVariations listed;
    for (const TriedVariation& entry : tried) {
        if (entry.marks.isDeleted && !(entry.variation == current)) continue;
        const auto isSame = [&entry](const TriedVariation& other) {
            return entry.evaluation && other.evaluation && !entry.outdated && !other.outdated &&
                   !entry.evaluation->modelSha256.empty() &&
                   entry.evaluation->modelSha256 == other.evaluation->modelSha256;
        };
        const auto first = std::find_if(listed.begin(), listed.end(), isSame);
        if (first == listed.end())
            listed.push_back(entry);
        else
            first->same.push_back(entry.variation);
    }
    return listed;
}

void VariationsModel::setTried(const TriedVariations& all, const types::Variation& current) {
    TriedVariations tried = listedVariations(all, current);
    const bool isUpdate = std::ranges::equal(tried, rows(), {}, &TriedVariation::variation,
                                             &TriedVariation::variation);
    m_current = current;
    setRows(std::move(tried), isUpdate);
}

int VariationsModel::rowOf(const std::optional<types::Variation>& variation) const {
    for (int row = 0; variation && row < rowCount(); ++row)
        if (at(row).stands(*variation)) return row;
    return -1;
}

Qt::ItemFlags VariationsModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags usual = RowsModel::flags(index);
    return index.column() == Label ? usual | Qt::ItemIsEditable : usual;
}

bool VariationsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !index.isValid() || index.column() != Label) return false;
    const TriedVariation& tried = at(index.row());
    Marks marks = tried.marks;
    marks.name = value.toString().trimmed();
    // The label typed as it is, is no name of the user's own.
    if (marks.name == QString::fromStdString(tried.variation.label())) marks.name.clear();
    if (marks == tried.marks) return false;
    emit marksEdited({{tried.variation, marks}}, tr("rename"));
    return true;
}

QVariant VariationsModel::cell(int row, int column, int role) const {
    const TriedVariation& tried = at(row);
    if (role == CurrentRole) return tried.stands(m_current);
    if (role == TrainedRole) return tried.variation.train.isSet();
    if (role == DimmedRole) return tried.outdated || !tried.evaluation;
    if (column == Label) return labelCell(row, role);
    if (column == Fit) return fitCell(row, role);
    return numberCell(row, metricOf(column), role);
}

QVariant VariationsModel::labelCell(int row, int role) const {
    const TriedVariation& tried = at(row);
    switch (role) {
        case Qt::DisplayRole:
            return listName(tried);
        case PlainRole:
        case Qt::EditRole:
            return tried.name();
        case SortRole:
            return row;
        case SubtitleRole:
            return subtitle(tried);
        case Qt::ToolTipRole: {
            if (!tried.evaluation) return {};
            QStringList lines;
            if (!tried.marks.name.isEmpty())
                lines << QString::fromStdString(tried.variation.label());
            if (!tried.marks.note.isEmpty()) lines << tried.marks.note;
            if (!tried.same.empty()) lines << sameText(tried);
            if (const QString training = trainingText(*tried.evaluation); !training.isEmpty())
                lines << training;
            for (const std::string& change : tried.evaluation->changes)
                lines << QString::fromStdString(change);
            constexpr int kMaxLines = 12;
            if (lines.size() > kMaxLines)
                lines = lines.mid(0, kMaxLines)
                        << QStringLiteral("and %1 more").arg(lines.size() - kMaxLines);
            return lines.join('\n');
        }
        default:
            return {};
    }
}

QVariant VariationsModel::fitCell(int row, int role) const {
    const TriedVariation& tried = at(row);
    if (!tried.evaluation) return {};
    if (role == SortRole) return static_cast<int>(tried.evaluation->verdict());
    if (role == Qt::DisplayRole || role == PlainRole || role == Qt::ToolTipRole)
        return fitText(*tried.evaluation);
    return {};
}

QVariant VariationsModel::numberCell(int row, Metric metric, int role) const {
    const TriedVariation& tried = at(row);
    if (!tried.evaluation) return role == Qt::DisplayRole ? QVariant(kUnknown) : QVariant();
    const Reading reading = read(metric, *tried.evaluation);
    const Unit unit = info(metric).unit;
    switch (role) {
        case Qt::DisplayRole:
            return reading.value ? exactNumber(unit, *reading.value) : kUnknown;
        case PlainRole:
            return reading.value ? plainNumber(unit, *reading.value) : QString();
        case SortRole:
            return reading.value.value_or(-1.0);
        case Qt::ToolTipRole:
            return describe(metric, reading);
        default:
            return {};
    }
}

QVariant VariationsModel::headerCell(int column, int role) const {
    if (role == Qt::TextAlignmentRole) return sideOf(column);
    const bool isText = column < FirstMetric;
    if (role == Qt::DisplayRole) {
        if (column == Label) return QStringLiteral("Variation");
        return isText ? QStringLiteral("Fit") : headerText(metricOf(column));
    }
    if (role == Qt::ToolTipRole && !isText) return info(metricOf(column)).definition;
    return {};
}

}  // namespace views

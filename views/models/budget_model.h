// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BudgetModel: how a total comes about, line by line: flash and SRAM of the board, what each part
// takes and where its figure comes from. What the board holds beside the model may be edited.

#include <QAbstractTableModel>
#include <vector>

#include "types/evaluation.h"

namespace views {

class BudgetModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { What, Amount, Source, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setEvaluation(const types::EvaluationPtr& evaluation);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// The bytes of a reserved line: all but what the model itself takes.
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    /// The user set a line of the board's memory; 0 bytes takes it out.
    void reservedEdited(bool isFlash, const types::ReservedMemory& line);

private:
    enum class Reserved { No, Flash, Sram };
    struct Line {
        QString what, amount, plain, source;
        bool isHeading = false;  ///< the total of the lines below it
        bool isPassed = false;
        Reserved reserved = Reserved::No;  ///< of this memory, and may be edited
        std::string name = {};             ///< of a reserved line
    };
    void addRegion(const types::Budget& budget);
    void addBudget(const QString& name, const types::Budget& budget, Reserved memory,
                   const std::vector<types::ReservedMemory>& reserved);

    std::vector<Line> m_lines;
};

}  // namespace views

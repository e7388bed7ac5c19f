// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BudgetModel: how a total comes about, line by line: flash and SRAM of the board, what each part
// takes and where its figure comes from.

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
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QString what, amount, plain, source;
        bool isHeading = false;  ///< the total of the lines below it
        bool isPassed = false;
    };
    void addBudget(const QString& name, const types::Budget& budget);

    std::vector<Line> m_lines;
};

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// StudyTableModel: the table of a study or of a fit: texts to the left, figures with four digits to
// the right; copies and files get all digits.

#include <QAbstractTableModel>

#include "types/study.h"

namespace views {

class StudyTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(types::StudyTable table);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isNumeric(int column) const;

    types::StudyTable m_table;
};

}  // namespace views

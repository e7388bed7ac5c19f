// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DataBox: the dataset for calibration and evaluation, or what is unavailable without one.

#include <QWidget>

class QLabel;
class QPushButton;

namespace views {

class DataBox : public QWidget {
    Q_OBJECT

public:
    explicit DataBox(QWidget* parent = nullptr);

    /// Empty `name`: no dataset. `facts`: the number of samples and their use.
    void setData(const QString& name, const QString& facts);
    QString summary() const { return m_name; }

signals:
    /// A data set is a folder or a file.
    void chooseRequested(bool isFolder);
    void removeRequested();

private:
    QString m_name;
    QLabel* m_facts;
    QPushButton *m_choose, *m_remove;
};

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DataBox: the data that variations are calibrated and judged on, or what is missing without.

#include <QWidget>

class QLabel;
class QPushButton;

namespace views {

class DataBox : public QWidget {
    Q_OBJECT

public:
    explicit DataBox(QWidget* parent = nullptr);

    /// `name` empty: there is none. `facts`: how many samples serve for what.
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

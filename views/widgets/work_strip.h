// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// WorkStrip: progress of a page's own work: the step, the share done, and a button that stops it.
// Hidden while nothing runs.

#include <QWidget>

class QLabel;
class QProgressBar;

namespace views {

class WorkStrip : public QWidget {
    Q_OBJECT

public:
    explicit WorkStrip(QWidget* parent = nullptr);

    void setRunning(bool isRunning);
    void setProgress(double share, const QString& step);

signals:
    void cancelled();

private:
    QLabel* m_step;
    QProgressBar* m_bar;
};

}  // namespace views

// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/work_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace views {

WorkStrip::WorkStrip(QWidget* parent)
    : QWidget(parent), m_step(new QLabel), m_bar(new QProgressBar) {
    m_bar->setRange(0, 100);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(80, 8);
    m_bar->setAccessibleName(tr("Progress"));
    // A long step text gets the available width and does not widen the page.
    m_step->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_step->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_step->setForegroundRole(QPalette::PlaceholderText);
    auto* cancel = new QPushButton(tr("Cancel"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_step, 1);
    row->addWidget(m_bar);
    row->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &WorkStrip::cancelled);
    // Keeps its height while nothing runs, so that the layout does not jump.
    QSizePolicy policy = sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    hide();
}

void WorkStrip::setRunning(bool isRunning) {
    m_bar->setValue(0);
    m_step->clear();
    setVisible(isRunning);
}

void WorkStrip::setProgress(double share, const QString& step) {
    m_bar->setValue(static_cast<int>(share * 100));
    m_step->setText(step);
}

}  // namespace views

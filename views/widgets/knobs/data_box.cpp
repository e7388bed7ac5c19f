// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/data_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace views {

DataBox::DataBox(QWidget* parent)
    : QWidget(parent),
      m_facts(new QLabel),
      m_choose(new QPushButton(tr("Choose"))),
      m_remove(new QPushButton(tr("Remove"))) {
    m_facts->setWordWrap(true);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    auto* row = new QHBoxLayout;
    row->addWidget(m_choose);
    row->addWidget(m_remove);
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_facts);
    column->addLayout(row);
    auto* menu = new QMenu(this);
    menu->addAction(tr("A &folder…"), this, [this] { emit chooseRequested(true); });
    menu->addAction(tr("A f&ile…"), this, [this] { emit chooseRequested(false); });
    m_choose->setMenu(menu);
    connect(m_remove, &QPushButton::clicked, this, &DataBox::removeRequested);
    setData({}, {});
}

void DataBox::setData(const QString& name, const QString& facts) {
    m_name = name.isEmpty() ? tr("none") : name;
    m_facts->setText(name.isEmpty() ? tr("No data set: accuracy needs one.") : facts);
    m_remove->setVisible(!name.isEmpty());
}

}  // namespace views

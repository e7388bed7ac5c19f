// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/export_card.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolTip>

namespace views {

ExportCard::ExportCard(QWidget* parent)
    : QFrame(parent),
      m_title(new QLabel),
      m_what(new QLabel),
      m_size(new QLabel),
      m_command(new QLineEdit),
      m_copy(new QPushButton(tr("Copy"))),
      m_save(new QPushButton(tr("Save…"))) {
    setFrameShape(NoFrame);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_title->setFont(large);
    m_what->setWordWrap(true);
    m_what->setForegroundRole(QPalette::PlaceholderText);
    m_size->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 12, 12);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_size, 0, 1, 1, 2);
    grid->addWidget(m_what, 1, 0, 1, 2);
    grid->addWidget(m_save, 1, 2, Qt::AlignTop);
    grid->addWidget(m_command, 2, 0, 1, 2);
    grid->addWidget(m_copy, 2, 2);
    grid->setColumnStretch(0, 1);
    connect(m_save, &QPushButton::clicked, this, [this] { emit saveRequested(m_form.id); });
    connect(m_copy, &QPushButton::clicked, this, &ExportCard::copyCommand);
}

void ExportCard::setForm(const ExportForm& form) {
    m_form = form;
    m_title->setText(form.title);
    m_what->setText(form.what);
    m_size->setText(form.size);
    const QString shown = form.command.section('\n', -1);
    if (m_command->text() != shown) {
        m_command->setText(shown);
        m_command->setCursorPosition(0);
    }
    m_command->setToolTip(form.command);
    m_command->setAccessibleName(tr("Command line for: %1").arg(form.title));
    m_copy->setAccessibleName(tr("Copy the command line for: %1").arg(form.title));
    m_save->setAccessibleName(tr("Save: %1").arg(form.title));
}

void ExportCard::copyCommand() {
    QGuiApplication::clipboard()->setText(m_form.command + '\n');
    QToolTip::showText(m_copy->mapToGlobal({0, m_copy->height()}), tr("Copied"), m_copy);
}

}  // namespace views

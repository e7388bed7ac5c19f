// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/plots/chart_saving.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QMessageBox>
#include <QSvgGenerator>

namespace views {
namespace {

QImage rendered(const ChartPicture& picture) {
    constexpr qreal kScale = 2;
    QImage image(picture.size * kScale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(kScale);
    image.fill(picture.ground);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    picture.paint(painter);
    return image;
}

bool saveSvg(const ChartPicture& picture, const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(picture.size);
    generator.setViewBox(QRect(QPoint(0, 0), picture.size));
    QPainter painter(&generator);
    painter.fillRect(QRect(QPoint(0, 0), picture.size), picture.ground);
    picture.paint(painter);
    painter.end();
    return file.error() == QFile::NoError;
}

void askAndSave(QWidget* chart, const QString& name, const ChartPicture& picture,
                const QString& ending) {
    const QString filter =
        ending == "svg" ? QObject::tr("SVG drawing (*.svg)") : QObject::tr("PNG picture (*.png)");
    QString path =
        QFileDialog::getSaveFileName(chart, QObject::tr("Save chart"), name + '.' + ending, filter);
    if (path.isEmpty()) return;
    if (!path.endsWith('.' + ending, Qt::CaseInsensitive)) path += '.' + ending;
    if (!saveChart(picture, path))
        QMessageBox::warning(
            chart, QObject::tr("Save chart"),
            QObject::tr("cannot write %1: choose a directory you may write to").arg(path));
}

}  // namespace

bool saveChart(const ChartPicture& picture, const QString& path) {
    if (path.endsWith(".svg", Qt::CaseInsensitive)) return saveSvg(picture, path);
    return rendered(picture).save(path, "PNG");
}

void addChartActions(QMenu& menu, QWidget* chart, const QString& name,
                     const ChartPicture& picture) {
    menu.addAction(QObject::tr("Copy picture"), chart,
                   [picture] { QGuiApplication::clipboard()->setImage(rendered(picture)); });
    menu.addAction(QObject::tr("Save as &PNG…"), chart,
                   [=] { askAndSave(chart, name, picture, "png"); });
    menu.addAction(QObject::tr("Save as &SVG…"), chart,
                   [=] { askAndSave(chart, name, picture, "svg"); });
}

void showChartMenu(QWidget* chart, const QPoint& globalPosition, const QString& name,
                   const ChartPicture& picture) {
    QMenu menu(chart);
    addChartActions(menu, chart, name, picture);
    menu.exec(globalPosition);
}

}  // namespace views

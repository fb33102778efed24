/** A lesson of a package: an activity that reports by itself. */
export interface Activity {
  /** An XML name. */
  readonly id: string;
  readonly title: string;
  /** The page that it starts with. */
  readonly href: string;
}

const escaped = (text: string) =>
  text.replace(/[<>&"']/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/\p{Cc}/gu, ' ');

/**
 * imsmanifest.xml of a SCORM 1.2 package (ADL SCORM 1.2 Content Aggregation Model, 2.3): metadata, one organization with an item for
 * each activity, its page as a resource of type sco, and the files that all of them share as an asset.
 * @param files names of the shared files
 */
export function manifest(
  title: string,
  id: string,
  activities: readonly Activity[],
  files: readonly string[],
): string {
  const file = (name: string) => `<file href="${escaped(encodeURI(name))}"/>`;
  const items = activities.map(
    ({ id, title }) => `
      <item identifier="item-${id}" identifierref="page-${id}" isvisible="true">
        <title>${escaped(title)}</title>
      </item>`,
  );
  const pages = activities.map(
    ({ id, href }) => `
    <resource identifier="page-${id}" type="webcontent" adlcp:scormtype="sco" href="${escaped(href)}">
      ${file(href)}
      <dependency identifierref="shared"/>
    </resource>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${id}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="lessons">
    <organization identifier="lessons">
      <title>${escaped(title)}</title>${items.join('')}
    </organization>
  </organizations>
  <resources>${pages.join('')}
    <resource identifier="shared" type="webcontent" adlcp:scormtype="asset">
      ${files.map(file).join('\n      ')}
    </resource>
  </resources>
</manifest>
`;
}
